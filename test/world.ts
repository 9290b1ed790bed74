import { tmpdir } from "node:os";
import { Readable, Writable } from "node:stream";
import type { Clock, Random } from "../src/core/clock.ts";
import { main } from "../src/main.ts";
import { systemClock } from "../src/shell/clock.ts";
import type { Input, Stop, World } from "../src/shell/world.ts";

export interface TestWorldOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Default: the machine's temporary folder, so that no test leans on the checkout by chance. */
  readonly cwd?: string;
  readonly home?: string;
  /** What is on standard input: a text, pieces as they come, or a stream. Default: empty. */
  readonly stdin?: string | Uint8Array | Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;
  /** The streams are terminals; `columns` wide. */
  readonly tty?: boolean;
  readonly columns?: number;
  readonly clock?: Clock;
  /** Default: a generator with a fixed seed, so that runs are alike. */
  readonly random?: Random;
  /** stdout is closed by its reader after so many bytes, as `| head` does. */
  readonly closeAfter?: number;
}

/** A world of which the test sees everything: what was written, what may be pressed. */
export interface TestWorld extends World {
  readonly out: () => string;
  readonly err: () => string;
  /** As Ctrl-C (or another signal) would: the first stops, the second stops at once. */
  readonly signal: (name?: Stop["signal"]) => void;
}

const exits = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

export function makeWorld(argv: readonly string[], options: TestWorldOptions = {}): TestWorld {
  const stdout = openSink(options, options.closeAfter);
  const stderr = openSink(options);
  const stop = new AbortController();
  const stopNow = new AbortController();
  return {
    argv,
    env: options.env ?? {},
    cwd: options.cwd ?? tmpdir(),
    home: options.home ?? tmpdir(),
    stdin: openStdin(options),
    stdout: stdout.stream,
    stderr: stderr.stream,
    clock: options.clock ?? systemClock,
    random: options.random ?? seededRandom(1),
    signals: () => ({ stop: stop.signal, stopNow: stopNow.signal, [Symbol.dispose]() {} }),
    out: stdout.text,
    err: stderr.text,
    signal: (name = "SIGINT") => {
      const reason: Stop = { signal: name, exit: exits[name] };
      (stop.signal.aborted ? stopNow : stop).abort(reason);
    },
  };
}

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** stdout read as NDJSON. */
  readonly lines: () => Record<string, unknown>[];
}

/** Runs `evb argv…` in this process and waits for its end. */
export async function runEvb(argv: readonly string[], options: TestWorldOptions = {}): Promise<Outcome> {
  return runIn(makeWorld(argv, options));
}

/** Runs a world that the test has already in hand, to press keys in it meanwhile. */
export async function runIn(world: TestWorld): Promise<Outcome> {
  const code = await main(world);
  const out = world.out();
  const lines = () =>
    out
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  return { code, out, err: world.err(), lines };
}

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function openStdin({ stdin = "", tty }: TestWorldOptions): Input {
  const pieces = typeof stdin === "string" || stdin instanceof Uint8Array ? [stdin] : stdin;
  const bytes = async function* () {
    for await (const piece of pieces) yield typeof piece === "string" ? Buffer.from(piece) : piece;
  };
  return Object.assign(Readable.from(bytes(), { objectMode: false }), { isTTY: tty === true });
}

function openSink({ tty, columns = 100 }: TestWorldOptions, closeAfter = Number.POSITIVE_INFINITY) {
  const chunks: Buffer[] = [];
  let size = 0;
  const stream = new Writable({
    decodeStrings: true,
    write(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > closeAfter) return done(Object.assign(new Error("write EPIPE"), { code: "EPIPE" }));
      chunks.push(chunk);
      done();
    },
  });
  return {
    stream: Object.assign(stream, { isTTY: tty === true, columns }),
    text: () => Buffer.concat(chunks).toString("utf8"),
  };
}
