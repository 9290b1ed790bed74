import type { Reason } from "./reason.ts";

/** How words are coloured; each takes a text and gives it back, coloured or not. */
export interface Paint {
  ok(text: string): string;
  bad(text: string): string;
  dim(text: string): string;
}

/** Reasons as a tree of the fields, for people: a mark, the field, what was wanted and found, and the hint below. */
export function renderExplanation(reasons: readonly Reason[], paint: Paint): string {
  const branches = new Set(reasons.map(({ branch }) => branch));
  return [...branches]
    .flatMap((branch) => {
      const own = reasons.filter((reason) => reason.branch === branch);
      const tree = renderLevel(grow(own), "", paint);
      return branch === undefined ? tree : [paint.dim(`alternative ${branch}`), ...tree];
    })
    .join("\n");
}

interface Twig {
  readonly children: Map<string, Twig>;
  reason?: Reason;
}

function grow(reasons: readonly Reason[]): Twig {
  const root: Twig = { children: new Map() };
  for (const reason of reasons) {
    let twig = root;
    for (const step of reason.path.split(".")) {
      const child = twig.children.get(step) ?? { children: new Map() };
      twig.children.set(step, child);
      twig = child;
    }
    twig.reason = reason;
  }
  return root;
}

function renderLevel(twig: Twig, indent: string, paint: Paint): string[] {
  const children = [...twig.children];
  return children.flatMap(([step, child], i) => {
    const isLast = i === children.length - 1;
    const inner = `${indent}${isLast ? "   " : "│  "}`;
    const head = `${paint.dim(`${indent}${isLast ? "└─" : "├─"}`)} `;
    const below = renderLevel(child, inner, paint);
    if (child.reason === undefined) return [`${head}${step}`, ...below];
    const [line, ...hints] = renderReason(step, child.reason, paint);
    return [`${head}${line}`, ...hints.map((hint) => `${paint.dim(inner)}  ${hint}`), ...below];
  });
}

function renderReason(step: string, reason: Reason, paint: Paint): string[] {
  const wanted = renderWanted(reason);
  if (reason.verdict === "match") {
    const found = reason.found === undefined ? "" : paint.dim(` found ${show(reason.found)}`);
    return [`${paint.ok("✓")} ${step} ${paint.dim(wanted)}${found}`];
  }
  const found = reason.verdict === "absent" ? "found nothing" : `found ${show(reason.found)}`;
  return [
    `${paint.bad("✗")} ${step} wanted ${wanted}, ${paint.bad(found)}`,
    ...(reason.hint === undefined ? [] : [paint.dim(reason.hint)]),
  ];
}

function renderWanted({ operator, wanted }: Reason): string {
  const all = wanted.map(show).join(" or ");
  return operator === "equals" || operator === "any-of" ? all : `${operator} ${all}`;
}

/** Long values are cut: what matters is at their beginning. */
function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}
