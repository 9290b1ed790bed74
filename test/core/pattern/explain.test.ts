import { describe, expect, it } from "vitest";
import { compilePattern, explain, RuleSet, renderExplanation } from "../../../src/core/pattern/index.ts";

const event = {
  source: "aws.ec2",
  "detail-type": "EC2 Instance State-change Notification",
  detail: {
    state: "running ",
    code: "16",
    Tags: [
      { k: "env", v: "core" },
      { k: "team", v: "prod" },
    ],
    empty: [],
    order: { id: 7, lines: { sku: "x" } },
    body: '{"order":{"id":7}}',
    text: "plain",
    none: null,
    "instance-id": "i-1",
  },
};

const reasonsFor = (pattern: object) => explain(compilePattern(pattern), event);
const hintFor = (detail: object) => reasonsFor({ detail })[0]!.hint;

describe("why an event misses", () => {
  it("has the shape that --json promises", () => {
    expect(reasonsFor({ detail: { state: ["RUNNING"] } })).toEqual([
      {
        path: "detail.state",
        operator: "equals",
        wanted: ["RUNNING"],
        found: "running ",
        verdict: "mismatch",
        hint: "differs only in case and white space",
      },
    ]);
  });

  it.each([
    [{ state: ["running"] }, "differs only in white space"],
    [{ state: ["Running "] }, "differs only in case"],
    [{ state: ["run"] }, "begins with what was wanted; a prefix would match"],
    [{ state: ["running late"] }, "is only the beginning of what was wanted"],
    [{ code: [16] }, 'is the string "16", not a number'],
    [{ order: { id: ["7"] } }, "is the number 7, not a string"],
    [{ none: ["null"] }, "is the null null, not a string"],
    [{ code: [{ numeric: [">", 3] }] }, "is a string; numeric compares numbers only"],
    [{ order: { id: [{ numeric: [">", 7] }] } }, "is the bound itself"],
    [{ state: [{ prefix: "RUN" }] }, "differs only in case"],
    [{ state: [{ wildcard: "r*ing" }] }, "would match without the white space around it"],
    [{ state: [{ wildcard: "RUN*ING " }] }, "differs only in case"],
    [{ state: [{ suffix: "ing" }] }, "would match without the white space around it"],
    [{ state: [{ "anything-but": ["running "] }] }, "is one of those that are ruled out"],
    [{ state: [{ exists: false }] }, "has a value, and should have none"],
    [{ text: [{ cidr: "10.0.0.0/8" }] }, "is no IP address"],
  ])("%j: a value that is near", (detail, hint) => {
    expect(hintFor(detail)).toBe(hint);
  });

  it.each([
    [{ State: ["x"] }, 'there is a key "state": it differs only in case'],
    [{ stat: ["x"] }, 'there is a key "state"'],
    [{ instanceId: ["x"] }, 'there is a key "instance-id"'],
    [{ id: ["x"] }, "the key is one level down, at detail.order.id"],
    [{ order: { code: ["x"] } }, "the key is one level up, at detail.code"],
    [{ order: [{ exists: true }] }, "is an object, and only its fields have values: id, lines"],
    [{ empty: ["x"] }, "is an empty array, which has no value"],
    [{ empty: { a: ["x"] } }, "detail.empty is an array without objects"],
    [
      { body: { order: { id: [7] } } },
      "detail.body is a string that holds JSON with this field; it should be an object",
    ],
    [{ text: { a: [7] } }, "detail.text is a string, so it has no keys"],
    [{ none: { a: [7] } }, "detail.none is null, so it has no keys"],
    [{ zebra: ["x"] }, 'detail has no key "zebra"'],
  ])("%j: a key that is not there", (detail, hint) => {
    expect(hintFor(detail)).toBe(hint);
  });

  it("tells of a detail that is given as a string", () => {
    const pattern = compilePattern({ detail: { state: ["x"] } });
    const [reason] = explain(pattern, { detail: '{"state":"x"}' });
    expect(reason).toMatchObject({
      verdict: "absent",
      hint: expect.stringContaining("detail is a string that holds JSON"),
    });
  });

  it("holds a field for absent that is so in the element that the fields before it have taken", () => {
    const pattern = compilePattern({ v: { a: [1], b: [{ exists: false }], c: [{ exists: false }, 5] } });
    const verdicts = (v: object[]): string[] => explain(pattern, { v }).map(({ verdict }) => verdict);
    expect(verdicts([{ a: 1 }, { b: 2, c: 6 }])).toEqual(["match", "match", "match"]);
    expect(verdicts([{ a: 1, c: 6 }, { b: 2 }])).toEqual(["match", "match", "mismatch"]);
    expect(verdicts([{ a: 1, b: 2 }])).toEqual(["match", "mismatch", "match"]);
  });

  it("gives the digits of numbers that a double cannot tell apart", () => {
    const bytes = new TextEncoder().encode('{"n":9007199254740992}');
    const [reason] = explain(compilePattern('{"n":[9007199254740993]}'), bytes);
    expect(reason!.hint).toMatch(/^is 9007199254740992, not 9007199254740993,/);
  });

  it("tells when the elements of an array satisfy the parts but no single one does", () => {
    const reasons = reasonsFor({ source: ["aws.ec2"], detail: { Tags: { k: ["env"], v: ["prod"] } } });
    expect(reasons.map(({ path, verdict, hint }) => [path, verdict, hint])).toEqual([
      ["detail.Tags.k", "mismatch", "no single element of detail.Tags satisfies all of these at once"],
      ["detail.Tags.v", "mismatch", "no single element of detail.Tags satisfies all of these at once"],
      ["source", "match", undefined],
    ]);
  });

  it("gives the branch of an $or first that came nearest, and only the matching one of a match", () => {
    const miss = {
      $or: [
        { source: ["x"], account: ["1"] },
        { source: ["aws.ec2"], account: ["1"] },
      ],
    };
    expect(reasonsFor(miss).map(({ branch }) => branch)).toEqual([2, 2, 1, 1]);
    const hit = { $or: [{ source: ["x"] }, { source: ["aws.ec2"] }] };
    expect(reasonsFor(hit).map(({ branch, verdict }) => [branch, verdict])).toEqual([[2, "match"]]);
  });

  it("reads bytes too, and keeps what stands behind the event out of it", () => {
    const bytes = new TextEncoder().encode('{"a":1} {"a":2}}');
    expect(explain(compilePattern({ a: [2] }), bytes)[0]).toMatchObject({ found: 1, verdict: "mismatch" });
  });

  it("is drawn as a tree", () => {
    const paint = { ok: (t: string) => t, bad: (t: string) => t, dim: (t: string) => t };
    const reasons = reasonsFor({ source: ["aws.ec2"], detail: { code: [16], zebra: [{ exists: true }] } });
    expect(renderExplanation(reasons, paint)).toBe(
      [
        "├─ detail",
        '│  ├─ ✗ code wanted 16, found "16"',
        '│  │    is the string "16", not a number',
        "│  └─ ✗ zebra wanted exists true, found nothing",
        '│       detail has no key "zebra"',
        '└─ ✓ source "aws.ec2" found "aws.ec2"',
      ].join("\n"),
    );
  });

  it("names the rules of a set that came nearest", () => {
    const rules = new RuleSet()
      .add("far", { source: ["x"], account: ["1"] })
      .add("near", { source: ["aws.ec2"], detail: { state: ["running"] } })
      .add("hit", { source: ["aws.ec2"] });
    expect(rules.nearest(event, 2).map(({ name }) => name)).toEqual(["near", "far"]);
  });
});
