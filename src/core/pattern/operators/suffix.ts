import type { Operator } from "./operator.ts";
import { parseAffix } from "./prefix.ts";

/** `{"suffix": text}` and `{"suffix": {"equals-ignore-case": text}}`: a string that ends so. */
export const suffix: Operator = {
  name: "suffix",
  parse: (reader) => parseAffix(reader, "suffix"),
};
