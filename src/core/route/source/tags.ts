import { dict, leaf, list, type Tree } from "./tree.ts";

/** A short tag of CloudFormation as the function that it stands for: `!Sub x` is `{"Fn::Sub": x}`. */
export function longForm(tag: string, value: Tree): Tree {
  const name = tag === "Ref" || tag === "Condition" ? tag : `Fn::${tag}`;
  return dict({ [name]: tag === "GetAtt" ? attribute(value) : value }, value.place);
}

/** `!GetAtt Queue.Arn`: all after the first dot is the attribute's name. */
function attribute(value: Tree): Tree {
  if (value.kind !== "leaf" || typeof value.value !== "string") return value;
  const dot = value.value.indexOf(".");
  if (dot < 0) return value;
  const part = (text: string) => leaf(text, value.place);
  return list([part(value.value.slice(0, dot)), part(value.value.slice(dot + 1))], value.place);
}
