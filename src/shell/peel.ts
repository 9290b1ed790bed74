import { Readable } from "node:stream";

const gzip = Buffer.of(0x1f, 0x8b);
/** The byte order mark that some editors and shells put before UTF-8. */
const mark = Buffer.of(0xef, 0xbb, 0xbf);

/** A stream without what is wrapped around its text: what is packed by gzip is unpacked, a byte order mark is left out. */
export async function* peel(stream: AsyncIterable<Uint8Array | string>): AsyncGenerator<Uint8Array> {
  const chunks = bytesOf(stream);
  try {
    let head: Uint8Array = new Uint8Array();
    // A live stream is not waited for longer than it takes to tell.
    while (mayBecome(head, gzip) || mayBecome(head, mark)) {
      const step = await chunks.next();
      if (step.done) break;
      head = head.length === 0 ? step.value : Buffer.concat([head, step.value]);
    }
    if (startsWith(head, gzip)) yield* peel(await unpack(joined(head, chunks)));
    else yield* joined(startsWith(head, mark) ? head.subarray(mark.length) : head, chunks);
  } finally {
    await chunks.return(undefined);
  }
}

async function* bytesOf(stream: AsyncIterable<Uint8Array | string>): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) yield typeof chunk === "string" ? Buffer.from(chunk) : chunk;
}

async function* joined(head: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head;
  yield* rest;
}

/** Loaded for packed streams only: zlib costs every start a millisecond. */
export async function unpack(bytes: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
  const { createGunzip } = await import("node:zlib");
  const gunzip = createGunzip({ chunkSize: 1 << 18 });
  const packed = bytes instanceof Readable ? bytes : Readable.from(bytes, { objectMode: false });
  packed.on("error", (error) => gunzip.destroy(error));
  return packed.pipe(gunzip);
}

const startsWith = (bytes: Uint8Array, wanted: Uint8Array): boolean =>
  bytes.length >= wanted.length && wanted.every((byte, i) => byte === bytes[i]);

const mayBecome = (bytes: Uint8Array, wanted: Uint8Array): boolean =>
  bytes.length < wanted.length && bytes.every((byte, i) => byte === wanted[i]);
