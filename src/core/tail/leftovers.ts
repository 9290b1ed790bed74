import { parseTemporaryName } from "./name.ts";
import { parseTags, type TailTags } from "./tags.ts";

/** A rule or a queue whose name begins as ours do. */
export interface FoundPart {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  /** The bus of a rule. */
  readonly bus?: string;
  /** The URL of a queue. */
  readonly queueUrl?: string;
}

/** What is there of one tail, by its name. */
export interface Leftover {
  readonly name: string;
  readonly owner: string;
  /** Milliseconds. */
  readonly age: number;
  readonly bus: string | undefined;
  readonly queueUrl: string | undefined;
  /** `expired` may go; `running` is at work, or was a moment ago; `kept` was left by `--keep`; `young` is not old enough. */
  readonly state: "expired" | "running" | "kept" | "young";
}

/** Puts rules and queues together by name and says of each whether it may go. What lacks our tags is not in the list. */
export function planSweep(parts: readonly FoundPart[], now: number, olderThan: number): Leftover[] {
  const byName = new Map<string, { tags: TailTags; bus?: string; queueUrl?: string }>();
  for (const { name, tags, bus, queueUrl } of parts) {
    const own = parseTemporaryName(name) === undefined ? undefined : parseTags(tags);
    if (own === undefined) continue;
    const before = byName.get(name);
    byName.set(name, {
      ...before,
      tags: before === undefined ? own : later(before.tags, own),
      ...(bus !== undefined && { bus }),
      ...(queueUrl !== undefined && { queueUrl }),
    });
  }
  return [...byName]
    .map(([name, { tags, bus, queueUrl }]) => ({
      name,
      owner: tags.owner,
      age: now - tags.created,
      bus,
      queueUrl,
      state: stateOf(tags, now, olderThan),
    }))
    .sort((a, b) => b.age - a.age);
}

function stateOf({ created, expires }: TailTags, now: number, olderThan: number): Leftover["state"] {
  if (expires === undefined) return "kept";
  if (expires > now) return "running";
  return now - created < olderThan ? "young" : "expired";
}

/** Of a rule and its queue the later expiry counts: one of the two renewals may have failed. */
const later = (a: TailTags, b: TailTags): TailTags =>
  a.expires === undefined || (b.expires !== undefined && a.expires >= b.expires) ? a : b;
