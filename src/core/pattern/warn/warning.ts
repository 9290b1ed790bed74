import type { Branch, Leaf } from "../parse/pattern.ts";

/** Something in a pattern that AWS accepts, and that can never match or is surely not meant. */
export interface Warning {
  readonly path: string;
  /** One sentence that begins with the path, in lower case, without a full stop. */
  readonly message: string;
}

/**
 * The keys that EventBridge gives an event: those of every event, `replay-name` of a replayed one, and `trace-header`
 * and `ingestion-time`, which input transformers know.
 */
const envelope = [
  ...["version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail"],
  ...["replay-name", "trace-header", "ingestion-time"],
];

/** Everything worth a warning, each once, in the order of the branches. */
export function findWarnings(branches: readonly Branch[], overridden: readonly string[]): Warning[] {
  const found = new Map<string, Warning>();
  const add = (path: string, fault: string | undefined): void => {
    const message = `${path}: ${fault}`;
    if (fault !== undefined) found.set(message, { path, message });
  };
  for (const path of overridden) add(path, "is named more than once, and only the last list counts");
  for (const branch of branches) {
    for (const leaf of branch) {
      add(leaf.path, warnOfKey(leaf.path));
      for (const matcher of leaf.matchers) add(leaf.path, matcher.warn?.());
      add(leaf.path, warnOfList(leaf));
    }
    for (const [i, { path }] of branch.entries()) {
      // Paths below a path follow it, though not always at once.
      const below = branch.slice(i + 1).find((other) => other.path.startsWith(`${path}.`));
      if (below !== undefined) add(path, warnOfBoth(branch[i]!, below));
    }
  }
  return [...found.values()];
}

/** A key that no event has at its root, or `detail` asked for as a value. */
export function warnOfKey(path: string): string | undefined {
  if (path === "detail") return "an event's detail is an object, so only its fields can be matched";
  const key = path.split(".", 1)[0]!;
  if (envelope.includes(key)) return undefined;
  const plain = (text: string): string => text.toLowerCase().replace(/[-_]/g, "");
  const near = envelope.find((known) => plain(known) === plain(key));
  const hint = near === undefined ? "a field of your own is below detail" : `the key is "${near}"`;
  return `EventBridge never sets this key; ${hint}`;
}

function warnOfList({ matchers }: Leaf): string | undefined {
  const anythingBut = matchers.filter(({ operator }) => operator.startsWith("anything-but"));
  if (anythingBut.length > 1) return "of several anything-but one is enough, so nearly every value matches";
  if (anythingBut.length === 1 && matchers.length > 1)
    return "beside anything-but the other matchers matter only for what it rules out";
  const isAnything = matchers.some(({ operator, wantsAbsence }) => operator === "exists" && !wantsAbsence);
  if (!isAnything || matchers.length === 1) return undefined;
  return matchers.some(({ wantsAbsence }) => wantsAbsence)
    ? "both exists true and exists false: this matches whatever is there"
    : "beside exists true the other matchers say nothing";
}

/** A field is a value or an object; both are there only in an array, or where a key is spelt with a dot. */
function warnOfBoth(leaf: Leaf, below: Leaf): string | undefined {
  const mayBeAbsent = ({ matchers }: Leaf): boolean => matchers.some(({ wantsAbsence }) => wantsAbsence);
  if (mayBeAbsent(leaf) || mayBeAbsent(below)) return undefined;
  return `is asked for as a value, and ${below.path} below it: an event has both only in an array, or with a dot in a key`;
}
