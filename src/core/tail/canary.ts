import type { Delivered } from "./body.ts";

/** Nobody but `evb tail --canary` sends from this source. */
export const canarySource = "evb.canary";
const detailType = "evb tail canary";

/** An event that no other is like, and the pattern that takes it alone. `name` is that of the tail that waits for it. */
export function makeCanary(name: string, bus: string) {
  return {
    pattern: JSON.stringify({ source: [canarySource], detail: { canary: [name] } }),
    entry: {
      EventBusName: bus,
      Source: canarySource,
      DetailType: detailType,
      Detail: JSON.stringify({ canary: name }),
    },
    /** The same as rules see it, to ask what else would take it. */
    event: JSON.stringify({ "detail-type": detailType, source: canarySource, detail: { canary: name } }),
  };
}

export const isCanary = ({ event }: Delivered, name: string): boolean =>
  event?.source === canarySource && (event.detail as { canary?: unknown } | undefined)?.canary === name;
