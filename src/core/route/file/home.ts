import type { Home } from "../../arn.ts";
import type { Source } from "../source/read.ts";
import { at, mapTexts, type Tree } from "../source/tree.ts";
import { type FieldReader, fileFields } from "./shape.ts";

/**
 * Where the buses of a file are: where the file says, unless it is read for an emulator. Then ARNs of the file's home
 * are moved there; what a pattern asks of an account stays.
 */
export function settleHome(
  { tree, home: given, isHomeFixed }: Source,
  read: FieldReader,
): { readonly tree: Tree; readonly home: Partial<Home> } {
  const fields = read.fields(at(tree, "home"), "home", fileFields.home);
  const text = (field: string) => read.text(fields.get(field), `home.${field}`);
  const [partition, region, account] = [text("partition") ?? "aws", text("region"), text("account")];
  if (fields.size > 0 && (region === undefined || account === undefined))
    read.fault(at(tree, "home")!, "home", "expected a region and an account");
  if (region === undefined || account === undefined) return { tree, home: given };
  if (!isHomeFixed) return { tree, home: { partition, region, account } };
  const arns = new RegExp(`arn:${partition}:(\\w+):(${region}|):${account}:`, "g");
  const moved = (text: string) =>
    text.replace(
      arns,
      (_, service, region) =>
        `arn:${given.partition ?? partition}:${service}:${region && given.region}:${given.account}:`,
    );
  const move = (text: string, path: string) =>
    /^buses\..+\.(rules|archives)\..+\.pattern(\.|$)/s.test(path) ? text : moved(text);
  return { tree: mapTexts(tree, move), home: given };
}
