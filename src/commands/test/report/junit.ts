import type { View } from "../../../shell/play.ts";
import type { TestHappening, TestResult } from "../happening.ts";
import { failureLines, oneLine } from "./words.ts";

/** JUnit's XML, as CI servers read it. A document has its counts ahead, so it is written at the end, at one go. */
export function junitReport(): View<TestHappening> {
  const suites = new Map<string, TestResult[]>();
  return (happening) => {
    if (happening.kind === "test") {
      const results = suites.get(happening.path) ?? [];
      results.push(happening);
      suites.set(happening.path, results);
    }
    if (happening.kind !== "summary") return undefined;
    const { passed, failed, ms } = happening;
    return {
      out: [
        '<?xml version="1.0" encoding="UTF-8"?>',
        `<testsuites name="evb test" tests="${passed + failed}" failures="${failed}" errors="0" skipped="0" time="${seconds(ms)}">`,
        ...[...suites].flatMap(([path, results]) => suiteLines(path, results)),
        "</testsuites>",
      ].join("\n"),
    };
  };
}

function suiteLines(path: string, results: readonly TestResult[]): string[] {
  const failed = results.filter(({ failures }) => failures.length > 0).length;
  const ms = results.reduce((sum, result) => sum + result.ms, 0);
  return [
    `  <testsuite name="${escapeXml(path)}" tests="${results.length}" failures="${failed}" errors="0" skipped="0" time="${seconds(ms)}">`,
    ...results.flatMap(caseLines),
    "  </testsuite>",
  ];
}

function caseLines({ name, path, line, ms, failures }: TestResult): string[] {
  const head = `    <testcase name="${escapeXml(oneLine(name))}" classname="${escapeXml(path)}" file="${escapeXml(path)}" line="${line}" time="${seconds(ms)}"`;
  if (failures.length === 0) return [`${head}/>`];
  return [
    `${head}>`,
    // In one element, for many readers look at the first only.
    `      <failure type="routing" message="${escapeXml(failures.map(({ message }) => message).join("; "))}">${escapeXml(failures.flatMap((failure) => failureLines(failure)).join("\n"))}</failure>`,
    "    </testcase>",
  ];
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

/** Characters that XML 1.0 cannot hold at all are left out. */
const escapeXml = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that are meant
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
