import { digestText } from "../../shell/digest.ts";
import type { World } from "../../shell/world.ts";
import type { GlobalOptions } from "../flags.ts";
import type { Making } from "./items.ts";
import type { Input } from "./template.ts";

/** A digest of each thing that decides which events a run makes, and where it sends them, by what a user calls it. */
export type Made = Readonly<Record<string, string>>;

/** Files of events are not among them: they are recognised event by event. */
export function describeMade(
  inputs: readonly Input[],
  { options, detail, given }: Pick<Making, "options" | "detail" | "given">,
  where: { readonly place: string; readonly global: GlobalOptions; readonly world: World },
): Made {
  const { fields, sets, bus, traceHeader, metadata, correlationId, count, endpointId, seed } = options;
  const things: Record<string, unknown> = {
    template: inputs.flatMap((input) => (input.kind === "template" ? [input.template.text] : [])),
    "--var": Object.entries(given).sort(),
    "--source": fields.source,
    "--detail-type": fields.detailType,
    "--detail": detail,
    "--resource": fields.resources,
    "--time": fields.time,
    "--set": sets,
    "--count": count === 1 ? undefined : count,
    "--seed": seed,
    "--metadata": metadata ? [correlationId] : undefined,
    "--trace-header": traceHeader,
    "--bus": bus,
    "--endpoint-id": endpointId,
    "region or endpoint": where.place,
    "--profile": where.global.profile ?? where.world.env.AWS_PROFILE,
  };
  const isThere = ([, value]: [string, unknown]) =>
    value !== undefined && !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(
    Object.entries(things)
      .filter(isThere)
      .map(([name, value]) => [name, digestText(JSON.stringify(value))]),
  );
}
