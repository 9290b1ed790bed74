import { anythingBut } from "./anything-but.ts";
import { cidr } from "./cidr.ts";
import { equalsIgnoreCase } from "./equals-ignore-case.ts";
import { exactly } from "./exact.ts";
import { exists } from "./exists.ts";
import { numeric } from "./numeric.ts";
import type { Operator } from "./operator.ts";
import { prefix } from "./prefix.ts";
import { suffix } from "./suffix.ts";
import { wildcard } from "./wildcard.ts";

/** Every operator that a pattern can name. What is not in this list is refused. */
const operators: readonly Operator[] = [
  exactly,
  prefix,
  suffix,
  equalsIgnoreCase,
  wildcard,
  numeric,
  cidr,
  exists,
  anythingBut,
];

export const operatorNames = operators.map(({ name }) => name);

const byName = new Map(operators.map((operator) => [operator.name, operator]));

/** Names are case-sensitive. */
export const operatorNamed = (name: string): Operator | undefined => byName.get(name);
