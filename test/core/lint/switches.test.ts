import { describe, expect, it } from "vitest";
import { fileSwitch, readSwitches } from "../../../src/core/lint/file-switches.ts";
import { descriptionSwitch, lint } from "../../../src/core/lint/index.ts";
import { readSource } from "../../../src/core/route/source/index.ts";

/** `rule id` of what is left. */
function left(text: string, name = "t.yaml"): string[] {
  const { model, faults } = readSource({ name, text });
  expect(faults).toEqual([]);
  const switches = [descriptionSwitch, ...readSwitches([{ name, text }]).map(fileSwitch)];
  return lint(model, { buses: model.buses, isDeployed: false, switches }).map(
    ({ rule, id }) => `${rule?.name} ${id}`,
  );
}

const template = (
  more: { head?: string; key?: string; meta?: string; target?: string; about?: string } = {},
) => `
${more.head ?? ""}
Resources:
  A:${more.key ?? ""}
    Type: AWS::Events::Rule${more.meta ?? ""}
    Properties:
      Name: a
      Description: "${more.about ?? "a rule"}"
      EventPattern: {source: [a]}
      Targets:
        - Id: one${more.target ?? ""}
          Arn: arn:aws:sqs:eu-west-1:123456789012:q
          RetryPolicy: {MaximumRetryAttempts: 3}
  B:
    Type: AWS::Events::Rule
    Properties:
      Name: b
      EventPattern: {source: [b]}
      State: DISABLED
      Targets: []
`;
const a = "a target-without-dlq";
const b = ["b rule-disabled", "b rule-without-targets"];

describe("a check is switched off", () => {
  it("by nothing else than what says so", () => expect(left(template())).toEqual([a, ...b]));

  it.each<[string, Parameters<typeof template>[0], string[]]>([
    ["on the line of the rule", { key: " # evb-lint-disable-line target-without-dlq" }, b],
    [
      "on the line of the target",
      { target: " # evb-lint-disable-line target-without-dlq -- it may be lost" },
      b,
    ],
    ["on another line: not", { head: "# evb-lint-disable-line target-without-dlq" }, [a, ...b]],
    ["by another id: not", { key: " # evb-lint-disable-line rule-disabled" }, [a, ...b]],
    [
      "for the file",
      { head: "# evb-lint-disable target-without-dlq, rule-disabled" },
      ["b rule-without-targets"],
    ],
    ["for the template", { head: "Metadata: {evb: {disable: [rule-disabled, rule-without-targets]}}" }, [a]],
    ["for a resource", { meta: "\n    Metadata: {evb: {disable: [target-without-dlq, rule-disabled]}}" }, b],
    ["by the description", { about: "evb-lint-disable target-without-dlq" }, b],
  ])("%s", (_, more, ids) => expect(left(template(more))).toEqual(ids));

  it("on the line before", () => {
    const text = template().replace("  A:", "  # evb-lint-disable-next-line target-without-dlq\n  A:");
    expect(left(text)).toEqual(b);
  });

  it("in a JSON template and in a bus file", () => {
    const rule = { Type: "AWS::Events::Rule", Properties: { Name: "r", EventPattern: { source: ["a"] } } };
    const json = (Metadata?: object) => JSON.stringify({ Resources: { R: { ...rule, Metadata } } });
    expect(left(json(), "t.json")).toEqual(["r rule-without-targets"]);
    expect(left(json({ evb: { disable: ["rule-without-targets"] } }), "t.json")).toEqual([]);
    const file = (description: string) =>
      JSON.stringify({ buses: { b: { rules: { r: { description, pattern: { source: ["a"] } } } } } });
    expect(left(file("kept (evb-lint-disable rule-without-targets)"), "b.json")).toEqual([]);
  });

  it("and ids that are none are told with their place", () => {
    const text = template({ key: " # evb-lint-disable-line target-without-dql" });
    expect(readSwitches([{ name: "t.yaml", text }])).toMatchObject([
      { place: { file: "t.yaml", line: 4 }, ids: ["target-without-dql"] },
    ]);
  });
});
