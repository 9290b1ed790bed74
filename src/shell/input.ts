import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import { EvbError } from "../core/errors.ts";
import { findJsonFault } from "../core/json.ts";
import { peel, unpack } from "./peel.ts";
import type { World } from "./world.ts";

/** A text with the name that errors call it by: the path, `standard input`, or the flag it was given inline with. */
export interface Source {
  readonly name: string;
  readonly text: string;
}

/**
 * The value of a flag that takes JSON: inline when it begins with `{` or `[`, standard input when it is `-`, a file
 * otherwise (`.gz` is unpacked).
 */
export async function readValue(
  world: Pick<World, "cwd" | "stdin" | "onRead">,
  value: string,
  flag: string,
): Promise<Source> {
  if (/^\s*[{[]/.test(value)) return { name: flag, text: value };
  const chunks: Uint8Array[] = [];
  const input = openInput(world, value);
  for await (const chunk of input.bytes) chunks.push(chunk);
  return { name: input.name, text: decode(Buffer.concat(chunks), input.name) };
}

/** The bytes of a file or of standard input (`-`), packed ones unpacked. Errors name the file. */
export function openInput(
  world: Pick<World, "cwd" | "stdin" | "onRead">,
  path: string,
): { readonly name: string; readonly bytes: AsyncIterable<Uint8Array> } {
  if (path === "-") return { name: "standard input", bytes: guarded(world.stdin, "standard input") };
  world.onRead?.(path);
  return { name: path, bytes: guarded(openFile(resolve(world.cwd, path)), path) };
}

async function* openFile(path: string): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path, { highWaterMark: 1 << 18 });
  yield* path.endsWith(".gz") ? await unpack(file) : file;
}

/** Parses JSON; a fault is an error with file, line and column. */
export function parseJson({ name, text }: Source): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const fault = findJsonFault(text);
    if (fault === undefined) throw cause;
    const place = `${name}:${fault.line}:${fault.column}`;
    throw new EvbError("BAD_JSON", `${place}: no valid JSON: ${fault.reason}`, [], cause);
  }
}

async function* guarded(
  stream: AsyncIterable<Uint8Array | string>,
  name: string,
): AsyncGenerator<Uint8Array> {
  try {
    yield* peel(stream);
  } catch (error) {
    throw unreadable(error as NodeJS.ErrnoException, name);
  }
}

function unreadable(error: NodeJS.ErrnoException, name: string): EvbError {
  if (error.code === "ENOENT")
    return new EvbError(
      "FILE_NOT_READ",
      `no such file: ${name}`,
      ["JSON can be given inline too: it begins with { or ["],
      error,
    );
  if (error.code === "EISDIR")
    return new EvbError("FILE_NOT_READ", `${name} is a directory`, ["name a file"], error);
  if (error.code === "EACCES")
    return new EvbError("FILE_NOT_READ", `${name} may not be read`, ["check its permissions"], error);
  if (error.code?.startsWith("Z_"))
    return new EvbError("FILE_NOT_READ", `${name} is no valid gzip file (${error.message})`, [], error);
  return new EvbError("FILE_NOT_READ", `${name} cannot be read: ${error.message}`, [], error);
}

function decode(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new EvbError("BAD_JSON", `${name}: the text is not UTF-8`, ["save it as UTF-8"], cause);
  }
}
