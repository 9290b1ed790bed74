import type { Draft } from "../source/model.ts";
import type { Source } from "../source/read.ts";
export function readTerraform(_source: Source): Draft {
  throw new Error("todo");
}
