import { createHash, hash } from "node:crypto";

/** An attribute of a message as it is on the wire: a blob is base64 text. */
export interface WireAttribute {
  readonly DataType: string;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: string | undefined;
}

export type WireAttributes = Readonly<Record<string, WireAttribute>>;

export const md5 = (text: string): string => hash("md5", text);

/**
 * The digest of attributes: by ascending name, each of name, type and value preceded by its length in four bytes, and
 * the value by one byte for its kind (1 text, 2 binary). Developer guide, message metadata.
 */
export function md5OfAttributes(attributes: WireAttributes): string {
  const digest = createHash("md5");
  const add = (bytes: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    digest.update(length).update(bytes);
  };
  for (const name of Object.keys(attributes).sort()) {
    const { DataType, StringValue, BinaryValue } = attributes[name]!;
    add(Buffer.from(name));
    add(Buffer.from(DataType));
    digest.update(StringValue === undefined ? binary : text);
    add(StringValue === undefined ? Buffer.from(BinaryValue ?? "", "base64") : Buffer.from(StringValue));
  }
  return digest.digest("hex");
}

const text = Uint8Array.of(1);
const binary = Uint8Array.of(2);
