import { type TargetInput, transformInput } from "../transform/index.ts";

const facts = { ruleArn: "rule", ruleName: "rule", ingestionTime: "2026-01-01T00:00:00Z" };
/** Values that a field of `detail` may have. A text fits wherever anything does, except beside digits. */
const values: readonly unknown[] = ["a", 1];
/** With more variables, they are all texts or all numbers. */
const mostVariables = 8;

/**
 * Why the filled-in template of a target is JSON for no event; undefined where there is an event for which it is. What
 * stands in the envelope is known by its kind, so `<detail>` in quotes is found.
 */
export function whyNever(target: TargetInput): string | undefined {
  const transformer = target.InputTransformer;
  if (transformer === undefined) return undefined;
  const paths = Object.entries(transformer.InputPathsMap ?? {});
  const open = paths.filter(([, path]) => kindOf(path ?? "") === "any").map(([name]) => name);
  let reason: string | undefined;
  for (const choice of choices(open)) {
    const map = Object.fromEntries(
      paths.map(([name, path]) => [name, choice.has(name) ? `$.detail.${idOf(open, name)}` : path]),
    );
    // An empty detail would fit into quotes, but nobody sends one.
    const fields = Object.fromEntries([...choice].map(([name, value]) => [idOf(open, name), value]));
    const event = JSON.stringify({ ...envelope, detail: { a: "a", ...fields } });
    const filled = transformInput(
      { ...target, InputTransformer: { ...transformer, InputPathsMap: map } },
      event,
      facts,
    );
    if (filled.ok) return undefined;
    reason ??= filled.reason;
  }
  return reason;
}

const envelope = {
  version: "0",
  id: "a",
  "detail-type": "a",
  source: "a",
  account: "a",
  time: "a",
  region: "a",
  resources: ["a"],
};

const idOf = (names: readonly string[], name: string): string => `v${names.indexOf(name)}`;

/** `any` for what a producer decides. */
const kindOf = (path: string): "any" | "known" =>
  /^\$(\.(detail|version|id|detail-type|source|account|time|region|resources))?$/.test(path)
    ? "known"
    : "any";

function choices(names: readonly string[]): ReadonlyMap<string, unknown>[] {
  if (names.length > mostVariables) return values.map((value) => new Map(names.map((name) => [name, value])));
  return names.reduce<ReadonlyMap<string, unknown>[]>(
    (all, name) => all.flatMap((known) => values.map((value) => new Map([...known, [name, value]]))),
    [new Map()],
  );
}
