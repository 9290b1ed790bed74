import { createPatch } from "diff";
import { renderExplanation } from "../../../core/pattern/index.ts";
import type { Coverage } from "../../../core/suite/coverage.ts";
import type { ShownFailure, Summary } from "../happening.ts";

/** How words are coloured; each takes a text and gives it back, coloured or not. */
export interface Paint {
  ok(text: string): string;
  bad(text: string): string;
  dim(text: string): string;
}

const plain: Paint = { ok: (text) => text, bad: (text) => text, dim: (text) => text };

/** A failure in lines: the sentence, the difference, and why the rules that it is about match or do not. */
export function failureLines(failure: ShownFailure, paint: Paint = plain): string[] {
  const { at, message, event, diff, why } = failure;
  return [
    `${at}: ${message}${event === undefined ? "" : ` (${event})`}`,
    ...(diff === undefined ? [] : diffLines(diff, paint).map((line) => `  ${line}`)),
    ...why.flatMap(({ rule, reasons }) => [
      `  ${paint.dim(`rule ${rule}`)}`,
      ...renderExplanation(reasons, paint)
        .split("\n")
        .map((line) => `  ${line}`),
    ]),
  ];
}

function diffLines({ wanted, found }: NonNullable<ShownFailure["diff"]>, paint: Paint): string[] {
  const patch = createPatch("body", `${wanted}\n`, `${found}\n`, "", "", { context: 3 });
  // Without the head of four lines that names files.
  const lines = patch.trimEnd().split("\n").slice(4);
  return [
    `${paint.bad("- wanted")}  ${paint.ok("+ found")}`,
    ...lines
      .filter((line) => !line.startsWith("@@"))
      .map((line) => (line.startsWith("-") ? paint.bad(line) : line.startsWith("+") ? paint.ok(line) : line)),
  ];
}

/** What no test has touched, a line each. */
export const coverageLines = ({ rules, targets, branches, unrouted }: Coverage): string[] => [
  ...rules.map((name) => `no test hits rule ${name}`),
  ...targets
    .filter((name) => !rules.includes(name.slice(0, name.lastIndexOf("/"))))
    .map((name) => `no test feeds target ${name}`),
  ...branches
    .filter(({ rule }) => !rules.includes(rule))
    .map(({ rule, branch }) => `no test takes alternative ${branch} of rule ${rule}`),
  ...unrouted.map(
    ({ path, line, test, event }) =>
      `no rule takes the event of test ${oneLine(test)} (${path}:${line}${event === undefined ? "" : `, ${event}`})`,
  ),
];

/** A name without line breaks and other characters that move the cursor: what reads lines shall read one. */
export const oneLine = (name: string): string => name.replace(/[\s\p{Cc}]+/gu, " ").trim();

export function summaryText({ passed, failed, skipped, ms, coverage, minCoverage }: Summary): string {
  const counts = [`${passed} passed`, `${failed} failed`, ...(skipped > 0 ? [`${skipped} skipped`] : [])];
  const covered = coverage === undefined ? "" : `, ${coverage} % covered`;
  const short =
    (coverage ?? 100) < (minCoverage ?? 0) ? `, less than the ${minCoverage} % that are demanded` : "";
  return `${counts.join(", ")} in ${Math.round(ms)} ms${covered}${short}`;
}
