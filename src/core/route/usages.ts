import { compilePattern, PatternError } from "../pattern/index.ts";
import { type Path, parsePath } from "../transform/path.ts";
import type { Rule, Target } from "./bus.ts";

/** Where a rule reads a field of events. */
export interface Usage {
  readonly rule: Rule;
  /** Absent where it is the pattern that reads. */
  readonly target?: Target;
  /** `pattern`, `InputPath`, `InputPathsMap.NAME`, `InputTemplate`. */
  readonly where: string;
  /** What is read there, as it is written there. */
  readonly path: string;
  /** `below`: only a part of the field is read; `above`: something that the field is a part of. */
  readonly relation: "same" | "below" | "above";
  /** What a pattern wants of it: its matchers as JSON. */
  readonly wanted?: readonly string[];
}

/** Keys of a path without indexes: patterns have none. `undefined` for what is no path. */
export function parseField(text: string): readonly string[] | undefined {
  const bare = text.startsWith("$") ? text : `$.${text}`;
  const path = parsePath(bare);
  const keys = path && keysOf(path);
  return keys && keys.length > 0 ? keys : undefined;
}

const keysOf = (path: Path): string[] =>
  path.flatMap((step) => (typeof step === "object" && "key" in step ? [step.key] : []));

/** All that a rule reads of a field, of what is below it, and of what it is a part of. */
export function usagesOf(rule: Rule, field: readonly string[]): Usage[] {
  const tell = (path: readonly string[], usage: Omit<Usage, "rule" | "relation">): Usage[] => {
    const relation = relate(path.join("."), field.join("."));
    return relation === undefined ? [] : [{ rule, relation, ...usage }];
  };
  const inPattern = patternReads(rule).flatMap(({ path, wanted }) =>
    tell(path.split("."), { where: "pattern", path, wanted }),
  );
  const inTargets = rule.targets.flatMap((target) =>
    targetReads(target).flatMap(({ where, path }) => {
      const keys = parsePath(path);
      return keys === undefined ? [] : tell(keysOf(keys), { target, where, path });
    }),
  );
  return [...inPattern, ...inTargets];
}

/** Paths are compared as patterns see them: joined with dots. */
function relate(read: string, field: string): Usage["relation"] | undefined {
  if (read === field) return "same";
  if (read === "" || field.startsWith(`${read}.`)) return "above";
  return read.startsWith(`${field}.`) ? "below" : undefined;
}

/** Each path once, with what all branches want of it. A pattern that AWS would refuse reads nothing. */
function patternReads({ pattern }: Rule): { readonly path: string; readonly wanted: readonly string[] }[] {
  if (pattern === undefined) return [];
  const found = new Map<string, Set<string>>();
  try {
    for (const branch of compilePattern(pattern).branches)
      for (const { path, matchers } of branch) {
        const wanted = found.get(path) ?? new Set();
        for (const matcher of matchers) wanted.add(matcher.print());
        found.set(path, wanted);
      }
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
  }
  return [...found].map(([path, wanted]) => ({ path, wanted: [...wanted] }));
}

function targetReads({ InputPath, InputTransformer }: Target): { where: string; path: string }[] {
  const { InputPathsMap = {}, InputTemplate = "" } = InputTransformer ?? {};
  const whole = /<aws\.events\.event\.json>/.test(InputTemplate);
  return [
    ...(InputPath === undefined ? [] : [{ where: "InputPath", path: InputPath }]),
    ...Object.entries(InputPathsMap).map(([name, path]) => ({
      where: `InputPathsMap.${name}`,
      path: path ?? "",
    })),
    ...(whole ? [{ where: "InputTemplate", path: "$" }] : []),
  ];
}
