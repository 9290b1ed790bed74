import { canarySource } from "../tail/canary.ts";
import type { LiveWatch } from "./live.ts";

/** A message that came in at a watch. */
export interface LiveMessage {
  readonly body: string;
  /** The X-Ray trace header that came with it. */
  readonly trace: string | undefined;
}

/** Events of a run carry `evb-test/RUN/NUMBER` in `resources`, which few patterns read. */
export const liveMark = (run: string, number: number): string => `evb-test/${run}/${number}`;

/**
 * And they carry the same in their trace header, which EventBridge hands on to a queue beside the body: what an input
 * transformer, or a constant input, leaves nothing of an event in is told apart by it. `run` has eight hexadecimal digits.
 */
export const liveTrace = (run: string, number: number, now: number): string =>
  `Root=1-${hex(Math.floor(now / 1000), 8)}-${run}${hex(number, 16)}`;

/** The number that stands for canaries: no run has so many events. */
export const canaryNumber = 0xffff_ffff;

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");

/** The number in a trace header of this run. */
export function tracedNumber(run: string, trace: string | undefined): number | undefined {
  const [, root, number] = /Root=1-[0-9a-f]{8}-([0-9a-f]{8})([0-9a-f]{16})/i.exec(trace ?? "") ?? [];
  return root?.toLowerCase() === run ? Number.parseInt(number!, 16) : undefined;
}

/**
 * The number of the event that a message is of; `foreign` for events of others, and canaries. `untold` when nothing in it
 * says whose it is. `isTraced`: the trace headers of our events are sure to come with them.
 */
export function ownerOf(
  { body, trace }: LiveMessage,
  { isOwn }: Pick<LiveWatch, "isOwn">,
  run: string,
  isTraced: boolean,
): number | "foreign" | "untold" {
  const traced = tracedNumber(run, trace);
  if (traced !== undefined) return traced === canaryNumber ? "foreign" : traced;
  const mark = /evb-test\/(\w+)\/(\d+)/.exec(body);
  if (mark !== null) return mark[1] === run ? Number(mark[2]) : "foreign";
  if (body.includes(`"source":"${canarySource}"`)) return "foreign";
  if (isOwn) return "untold";
  // Where others' events come in too, a whole event without our mark is one of them.
  return isTraced || /"detail-type"/.test(body) ? "foreign" : "untold";
}
