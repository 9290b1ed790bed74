import { expect, it } from "vitest";
import type { TestHappening } from "../../../src/commands/test/happening.ts";
import { githubReport } from "../../../src/commands/test/report/github.ts";
import { humanReport } from "../../../src/commands/test/report/human.ts";
import { junitReport } from "../../../src/commands/test/report/junit.ts";
import { tapReport } from "../../../src/commands/test/report/tap.ts";
import type { View } from "../../../src/shell/play.ts";
import { openScreen } from "../../../src/shell/screen.ts";
import type { World } from "../../../src/shell/world.ts";

const name = 'a # b \\ <c> & "d"\n\u0001e';
const shown = 'a # b \\ <c> & "d" e';
const happenings: readonly TestHappening[] = [
  { kind: "suite", path: "a #1.evb.yaml", bus: "shop" },
  {
    kind: "test",
    ...{ path: "a #1.evb.yaml", line: 3, name, events: 1, ms: 2 },
    failures: [
      { at: "rules", message: "expected <r>", why: [] },
      {
        at: "bodies.q",
        message: "another",
        why: [],
        diff: { wanted: "x\n::error::no\ny", found: "x\n::error::no\nz" },
      },
    ],
  },
  { kind: "test", path: "a #1.evb.yaml", line: 9, name: "fine", events: 1, ms: 0, failures: [] },
  {
    kind: "coverage",
    ...{ bus: "shop", total: 1, hit: 1, rules: [], targets: [], branches: [] },
    unrouted: [{ path: "a.evb.yaml", line: 3, test: name, event: "event 2" }],
  },
  { kind: "summary", passed: 1, failed: 1, skipped: 0, ms: 2, coverage: 100 },
];
const write = (view: View<TestHappening>) =>
  happenings.flatMap((happening) => view(happening)?.out ?? []).join("\n");
const screen = await openScreen({ env: {}, stdout: {}, stderr: {} } as World, {});

it("TAP 14 has a line for each test, whatever its name, and escapes what it gives a meaning", () => {
  expect(write(tapReport())).toBe(
    [
      "TAP version 14",
      "# a #1.evb.yaml",
      'not ok 1 - a \\# b \\\\ <c> & "d" e',
      "  ---",
      '  at: "a #1.evb.yaml:3"',
      "  message: |-",
      "    rules: expected <r>",
      "    bodies.q: another",
      "      - wanted  + found",
      "       x",
      "       ::error::no",
      "      -y",
      "      +z",
      "  ...",
      "ok 2 - fine",
      `# no rule takes the event of test ${shown} (a.evb.yaml:3, event 2)`,
      "1..2",
    ].join("\n"),
  );
});

it("JUnit has one failure for a test, all of its sentences in it", () => {
  const xml = write(junitReport());
  expect(xml).toContain(
    '<testsuites name="evb test" tests="2" failures="1" errors="0" skipped="0" time="0.002">',
  );
  expect(xml).toContain(
    '<testcase name="a # b \\ &lt;c&gt; &amp; &quot;d&quot; e" classname="a #1.evb.yaml"',
  );
  expect(xml.match(/<failure /g)).toHaveLength(1);
  expect(xml).toContain(
    '<failure type="routing" message="expected &lt;r&gt;; another">rules: expected &lt;r&gt;\n',
  );
});

it("GitHub sees an annotation, and no command in a body that looks like one", () => {
  const lines = write(githubReport(screen)).split("\n");
  expect(lines.filter((line) => line.trimStart().startsWith("::"))).toEqual([
    expect.stringMatching(
      /^::error file=a #1\.evb\.yaml,line=3,title=a # b \\ <c> & "d" e::rules: expected <r>%0A/,
    ),
    `::warning title=evb test::no rule takes the event of test ${shown} (a.evb.yaml:3, event 2)`,
  ]);
});

it("people see a line for each test, without characters that move the cursor", () => {
  const text = write(humanReport(screen));
  expect(text).toContain(`\n  ✗ ${shown}  line 3\n`);
  expect(text).toContain(`\n  ○ no rule takes the event of test ${shown} (a.evb.yaml:3, event 2)`);
});
