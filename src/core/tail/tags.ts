/**
 * The tags by which a tail's rule and queue are known as ours. A running tail renews the expiry, as one renews a
 * lease: what has expired belongs to a run that crashed, so `evb gc` never takes a queue from a tail that is at work.
 */
export interface TailTags {
  readonly owner: string;
  /** Milliseconds since the epoch. */
  readonly created: number;
  /** Milliseconds since the epoch; `undefined` for what `--keep` left on purpose. */
  readonly expires: number | undefined;
}

export const lease = {
  /** So long after its last renewal a tail counts as crashed. */
  ms: 5 * 60e3,
  renewEveryMs: 2 * 60e3,
} as const;

const keys = {
  tool: "evb:tool",
  owner: "evb:owner",
  created: "evb:created",
  expires: "evb:expires",
} as const;
const tools = { tail: "evb tail", redrive: "evb dlq redrive" } as const;
const never = "never";

export function renderTags(
  { owner, created, expires }: TailTags,
  tool: keyof typeof tools = "tail",
): Record<string, string> {
  return {
    [keys.tool]: tools[tool],
    [keys.owner]: tagText(owner),
    [keys.created]: new Date(created).toISOString(),
    ...renderExpiry(expires),
  };
}

/** The one tag that changes. */
export const renderExpiry = (expires: number | undefined): Record<string, string> => ({
  [keys.expires]: expires === undefined ? never : new Date(expires).toISOString(),
});

/** `undefined` when these are not the tags of a tail or a redrive. */
export function parseTags(tags: Readonly<Record<string, string>>): TailTags | undefined {
  const created = Date.parse(tags[keys.created] ?? "");
  const expiry = tags[keys.expires] ?? "";
  const expires = expiry === never ? undefined : Date.parse(expiry);
  if (
    !(Object.values(tools) as (string | undefined)[]).includes(tags[keys.tool]) ||
    Number.isNaN(created) ||
    Number.isNaN(expires)
  )
    return undefined;
  return { owner: tags[keys.owner] ?? "unknown", created, expires };
}

/** AWS takes letters, digits, spaces and `_.:/=+-@` in a tag's value, at most 256 of them. */
const tagText = (text: string): string =>
  text.replace(/[^\p{L}\p{N} _.:/=+\-@]/gu, "-").slice(0, 256) || "unknown";
