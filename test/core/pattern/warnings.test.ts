import { expect, it } from "vitest";
import { compilePattern } from "../../../src/core/pattern/index.ts";

const warningsOf = (pattern: string | object): string[] =>
  compilePattern(pattern).warnings.map(({ message }) => message);

it.each([
  [{ source: ["a"], detail: { state: ["x"], n: [{ numeric: [">", 0, "<", 1] }] } }],
  [{ detail: { name: [{ wildcard: "a*b" }], f: [{ exists: false }, "x"] } }],
  [{ $or: [{ source: ["a"] }, { detail: { a: ["b"] } }] }],
  // What would stand in their place matches more.
  [{ detail: { ip: [{ wildcard: "10.0.0.1" }], quote: [{ wildcard: 'a"*' }] } }],
])("%j is worth no warning", (pattern) => {
  expect(warningsOf(pattern)).toEqual([]);
});

it.each([
  [{ detail: ["x"] }, "detail: an event's detail is an object, so only its fields can be matched"],
  [{ Source: ["x"] }, 'Source: EventBridge never sets this key; the key is "source"'],
  [{ state: ["x"] }, "state: EventBridge never sets this key; a field of your own is below detail"],
  [
    { detail: { n: [{ numeric: [">", 1, "<", 1.0000000000000002] }] } },
    "detail.n: no number lies between the bounds of this range",
  ],
  [
    { detail: { n: [{ wildcard: "abc*" }] } },
    'detail.n: {"prefix":"abc"} says the same, and does not count against the 30 wildcard rules of a bus',
  ],
  [
    { detail: { n: [{ wildcard: "*abc" }] } },
    'detail.n: {"suffix":"abc"} says the same, and does not count against the 30 wildcard rules of a bus',
  ],
  [
    { detail: { n: [{ wildcard: "a\\*" }] } },
    'detail.n: "a*" says the same, and does not count against the 30 wildcard rules of a bus',
  ],
  [
    { detail: { n: [{ "anything-but": "a" }, { "anything-but": "b" }] } },
    "detail.n: of several anything-but one is enough, so nearly every value matches",
  ],
  [
    { detail: { n: [{ exists: true }, { exists: false }] } },
    "detail.n: both exists true and exists false: this matches whatever is there",
  ],
  [
    { detail: { a: ["x"], "a.b": ["y"] } },
    "detail.a: is asked for as a value, and detail.a.b below it: an event has both only in an array, or with a dot in a key",
  ],
])("%j is warned of", (pattern, message) => {
  expect(warningsOf(pattern)).toEqual([message]);
});

it("a list that another one of the same path makes void is warned of", () => {
  expect(warningsOf('{"source":["a"],"source":["b"]}')).toEqual([
    "source: is named more than once, and only the last list counts",
  ]);
});
