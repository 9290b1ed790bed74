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
  const said = { partition: text("partition"), region: text("region"), account: text("account") };
  if (!isHomeFixed) return { tree, home: { ...given, ...known(said) } };
  const arns = new RegExp(
    `arn:aws[\\w-]*:(\\w+):(${orUnknown(said.region, "Region")}|):${orUnknown(said.account, "AccountId")}:`,
    "g",
  );
  const moved = (text: string) =>
    text.replace(arns, (_, service, region) =>
      ["arn", given.partition, service, region && given.region, given.account, ""].join(":"),
    );
  const move = (text: string, path: string) =>
    /^buses\..+\.(rules|archives)\..+\.pattern(\.|$)/s.test(path) ? text : moved(text);
  return { tree: mapTexts(tree, move), home: given };
}

/** What was not known when the file was exported stands in it by its name. */
const orUnknown = (value: string | undefined, name: string): string => {
  const unknown = `\\$\\{AWS::${name}\\}`;
  return value === undefined ? unknown : `(?:${value.replace(/[^\w-]/g, "\\$&")}|${unknown})`;
};

const known = (home: { readonly [name in keyof Home]: string | undefined }): Partial<Home> =>
  Object.fromEntries(Object.entries(home).filter(([, value]) => value !== undefined));
