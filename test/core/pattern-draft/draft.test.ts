import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compilePattern } from "../../../src/core/pattern/index.ts";
import { buildPattern } from "../../../src/core/pattern-draft/build.ts";
import { waysFor } from "../../../src/core/pattern-draft/choices.ts";
import {
  type Condition,
  parseCondition,
  renderCondition,
} from "../../../src/core/pattern-draft/condition.ts";
import { Fault } from "../../../src/core/pattern-draft/fault.ts";
import { fieldsOf } from "../../../src/core/pattern-draft/fields.ts";

const read = (text: string) => parseCondition(text) as Condition;

describe("a condition of --field", () => {
  it.each<[string, readonly string[], unknown]>([
    ["detail.status=PAID", ["detail", "status"], "PAID"],
    ["detail-type=Order Placed", ["detail-type"], "Order Placed"],
    ["detail.note=a:b=c", ["detail", "note"], "a:b=c"],
    ["detail.note=", ["detail", "note"], ""],
    ["detail.total:=100", ["detail", "total"], 100],
    ["detail.ok:=true", ["detail", "ok"], true],
    ["detail.gone:=null", ["detail", "gone"], null],
    ['detail["a:b"]=x', ["detail", "a:b"], "x"],
    ['detail["a.b=c"]:prefix:y', ["detail", "a.b=c"], { prefix: "y" }],
    ["detail.total:numeric:>:100", ["detail", "total"], { numeric: [">", 100] }],
    ["detail.total:numeric:>=:0:<:1.5", ["detail", "total"], { numeric: [">=", 0, "<", 1.5] }],
    ["resources:prefix:arn:aws:s3:::logs", ["resources"], { prefix: "arn:aws:s3:::logs" }],
    ["detail.ip:cidr:2001:db8::/32", ["detail", "ip"], { cidr: "2001:db8::/32" }],
    ["detail.key:suffix-ignore-case:.PNG", ["detail", "key"], { suffix: { "equals-ignore-case": ".PNG" } }],
    ["detail.a:anything-but:x:y", ["detail", "a"], { "anything-but": "x:y" }],
    ["detail.a:anything-but:=404", ["detail", "a"], { "anything-but": 404 }],
    ['detail.a:anything-but:="=x"', ["detail", "a"], { "anything-but": "=x" }],
    ["detail.a:anything-but-wildcard:x*", ["detail", "a"], { "anything-but": { wildcard: "x*" } }],
    ["detail.a:exists:true", ["detail", "a"], { exists: true }],
    ["detail.a:exists:false", ["detail", "a"], { exists: false }],
  ])("%s is read, written as it was, and taken by the engine", (text, path, matcher) => {
    expect(read(text)).toEqual({ path, matcher });
    expect(renderCondition(read(text))).toBe(text);
    expect(() => compilePattern(buildPattern([read(text)]))).not.toThrow();
  });

  it("takes exists alone as true", () => {
    expect(read("detail.a:exists").matcher).toEqual({ exists: true });
  });

  it.each<[string, string]>([
    ["detail.status", "expected PATH=TEXT, PATH:=JSON or PATH:OPERATOR:ARGUMENT"],
    ["=x", "the path is empty"],
    ["detail..a=x", 'the path "detail..a" is broken at character 7'],
    ["detail.items[0].sku=x", "a pattern has no indexes: it looks at every element of an array"],
    ["detail.$or=x", "$or is no field"],
    ["detail=x", "detail is an object: name a field of it, detail.status"],
    ["detail.a:=[1,2]", "a list or an object is no value; give the flag once for each alternative"],
    ["detail.a:=PAID", '"PAID" is no JSON value; = takes a text as it is'],
    ["detail.a:=9007199254740993", "9007199254740993 has more digits than are kept here"],
    ["detail.a:numeric:>", "numeric needs an operator and a number, as in numeric:>:100"],
    ["detail.a:numeric:>:ten", '"ten" is no number'],
    ["detail.a:prefix", "prefix needs a text"],
    ["detail.a:exists:maybe", "exists is followed by true or false"],
    ["detail.a:prefx:x", 'no operator is called "prefx"; is prefix'],
  ])("%s is refused", (text, sentence) => {
    const fault = parseCondition(text);
    expect(fault).toBeInstanceOf(Fault);
    expect((fault as Fault).sentence).toContain(sentence);
  });

  const word = fc.oneof(
    fc.string({ minLength: 1 }),
    fc.constantFrom("a:b", "=", ':="', "[0]", '["', "\\", "é ", "#"),
  );
  const text = fc.oneof(fc.string(), word);
  const matcher = fc.oneof(
    text,
    fc.constantFrom(true, false, null, 0, -1.5, 1e21, 1e-7, { exists: true }, { exists: false }),
    fc.integer(),
    text.map((prefix) => ({ prefix })),
    text.map((value) => ({ "anything-but": value })),
    text.map((value) => ({ suffix: { "equals-ignore-case": value } })),
    text.map((wildcard) => ({ "anything-but": { wildcard } })),
    fc.integer().map((value) => ({ "anything-but": value })),
    fc
      .double({ noNaN: true, noDefaultInfinity: true, max: 1e15, min: -1e15 })
      .map((value) => ({ numeric: [">", value + 0] })),
  );

  it("is read as it is written, whatever is in it", () => {
    const path = fc.array(
      word.filter((step) => step !== "$or"),
      { minLength: 2, maxLength: 4 },
    );
    fc.assert(
      fc.property(path, matcher, (steps, value) => {
        const condition = { path: steps, matcher: value };
        expect(parseCondition(renderCondition(condition))).toEqual(condition);
      }),
      { numRuns: 300 },
    );
  });
});

describe("a pattern of conditions", () => {
  it.each<[readonly string[], string]>([
    [
      ["source=shop", "detail.status=PAID", "detail.status=OPEN"],
      '{"source":["shop"],"detail":{"status":["PAID","OPEN"]}}',
    ],
    [["source=shop", "source=shop"], '{"source":["shop"]}'],
    [["detail.a:anything-but:x", "detail.a:anything-but:y"], '{"detail":{"a":[{"anything-but":["x","y"]}]}}'],
    [
      ["detail.a:anything-but-prefix:x", "detail.a:anything-but-prefix:y", "detail.a:exists:false"],
      '{"detail":{"a":[{"anything-but":{"prefix":["x","y"]}},{"exists":false}]}}',
    ],
    [["detail.__proto__=x"], '{"detail":{"__proto__":["x"]}}'],
  ])("%j", (texts, pattern) => {
    expect(JSON.stringify(buildPattern(texts.map(read)))).toBe(pattern);
  });

  it.each([[["detail.a=x", "detail.a.b=y"]], [["detail.a.b=y", "detail.a=x"]]])("%j cannot be", (texts) => {
    expect(buildPattern(texts.map(read))).toEqual(
      new Fault("detail.a is matched as a value, so detail.a.b below it cannot be matched too"),
    );
  });
});

describe("the fields of sample events", () => {
  it("are those that a pattern can ask for, what says most first, through arrays, with their values", () => {
    const events = [
      {
        version: "0",
        id: "1",
        source: "shop",
        detail: { items: [{ sku: "a" }, { sku: "b" }], tags: [], total: 3 },
      },
      { version: "0", id: "2", source: "shop", detail: { items: [{ sku: "a" }], $or: [{ x: 1 }], ok: null } },
    ];
    expect(fieldsOf(events).map(({ path, values, count }) => [path.join("."), values, count])).toEqual([
      ["source", ["shop"], 2],
      ["detail.items.sku", ["a", "b"], 2],
      ["detail.total", [3], 1],
      ["detail.ok", [null], 1],
      ["id", ["1", "2"], 2],
      ["version", ["0"], 2],
    ]);
  });

  it.each<[readonly (string | number | boolean | null)[], readonly string[], readonly string[]]>([
    [["a"], ["equals", "prefix", "wildcard", "anything-but"], ["numeric", "cidr"]],
    [["10.0.0.1"], ["cidr"], ["numeric"]],
    [[3], ["equals", "numeric", "anything-but"], ["prefix"]],
    [
      [true, null],
      ["equals", "exists:true", "exists:false"],
      ["prefix", "numeric", "anything-but"],
    ],
    [[], ["equals", "numeric", "prefix", "cidr"], []],
  ])("%j can be matched by what makes sense for them", (values, offered, left) => {
    const names = waysFor(values).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining([...offered]));
    expect(names.filter((name) => left.includes(name))).toEqual([]);
  });
});
