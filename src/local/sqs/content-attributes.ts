import { checkCharacters } from "./characters.ts";
import { invalid } from "./faults.ts";
import { sqsLimits } from "./limits.ts";
import type { WireAttribute, WireAttributes } from "./md5.ts";

/** An attribute as a client gives it. */
export type GivenAttribute = Omit<WireAttribute, "DataType"> & { readonly DataType?: string | undefined };
export type GivenAttributes = Readonly<Record<string, GivenAttribute>>;

/** Message attributes as they are kept; `undefined` when there are none. Throws for what SQS does not take. */
export function parseAttributes(attributes: GivenAttributes | undefined): WireAttributes | undefined {
  if (attributes === undefined) return undefined;
  const entries = Object.entries(attributes);
  if (entries.length === 0) return undefined;
  if (entries.length > sqsLimits.attributesPerMessage)
    throw invalid(
      `Number of message attributes [${entries.length}] exceeds the allowed maximum [${sqsLimits.attributesPerMessage}].`,
    );
  return Object.fromEntries(
    entries.map(([name, attribute]) => {
      checkName(name);
      return [name, parseValue(name, attribute)];
    }),
  );
}

/** Developer guide, message attribute components. The wording is ours. */
function checkName(name: string): void {
  const isSound =
    /^[\w.-]+$/.test(name) &&
    name.length <= sqsLimits.attributeNameChars &&
    !/^(aws|amazon)\.|^\.|\.$|\.\./i.test(name);
  if (!isSound)
    throw invalid(
      `Message (user) attribute name '${name}' is invalid. It can contain letters, digits, hyphens, underscores and single dots inside, up to ${sqsLimits.attributeNameChars} characters, and cannot begin with AWS. or Amazon.`,
    );
}

function parseValue(
  name: string,
  { DataType = "", StringValue, BinaryValue }: GivenAttribute,
): WireAttribute {
  const kind = /^(String|Number|Binary)(\..+)?$/s.exec(DataType)?.[1];
  if (kind === undefined)
    throw invalid(
      `The type of message (user) attribute '${name}' is invalid. You must use only the following supported type prefixes: Binary, Number, String.`,
    );
  const value = kind === "Binary" ? BinaryValue : StringValue;
  if ((value ?? "") === "")
    throw invalid(
      `Message (user) attribute '${name}' must contain a non-empty value of type '${kind === "Binary" ? "Binary" : "String"}'.`,
    );
  if (kind === "Number" && !/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(value!))
    throw invalid(`Can't cast the value of message (user) attribute '${name}' to a number.`);
  if (kind === "String") checkCharacters(value!);
  return kind === "Binary" ? { DataType, BinaryValue } : { DataType, StringValue };
}
