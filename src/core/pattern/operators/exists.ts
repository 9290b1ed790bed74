import type { Matcher, Operator } from "./operator.ts";
import { closeObject } from "./operator.ts";

/** `{"exists": true}`: any value, null included. `{"exists": false}`: no value. Objects and arrays are no values. */
export const exists: Operator = {
  name: "exists",
  parse(reader) {
    const token = reader.next();
    if (token !== "true" && token !== "false")
      reader.fail("exists match pattern must be either true or false.");
    closeObject(reader);
    return token === "true" ? present : absent;
  },
};

const present: Matcher = {
  operator: "exists",
  bounds: [],
  test: () => true,
  print: () => '{"exists":true}',
  wanted: () => true,
};

const absent: Matcher = {
  operator: "exists",
  wantsAbsence: true,
  test: () => false,
  print: () => '{"exists":false}',
  wanted: () => false,
  hint: () => "has a value, and should have none",
};
