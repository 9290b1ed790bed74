import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type WindableClock, windableClock } from "../../../src/local/clock.ts";
import { type Local, type LocalOptions, startLocal } from "../../../src/local/start.ts";

export const start = Date.UTC(2026, 10, 23, 19);

/** A directory that goes with the test. */
export function openDirectory(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), "evb-data-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** Numbers that are the same each time, one after the other whoever asks. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** An emulator that can end as SIGKILL would end it, and begin again with what it had written. */
export interface Kept extends AsyncDisposable {
  readonly local: Local;
  readonly clock: WindableClock;
  readonly log: string[];
  /** One operation over the wire, `AmazonSQS.SendMessage`; an error becomes `{ error }`. */
  call(operation: string, input?: object): Promise<Answer>;
  /** Nothing is closed, flushed or said: what is in the files is all that goes on. */
  crash(): Promise<void>;
  /** As Ctrl-C would. */
  restart(options?: LocalOptions): Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: what JSON.parse gives.
export type Answer = any;

export async function openKept(directory: string, options: LocalOptions = {}): Promise<Kept> {
  const clock = windableClock(start);
  const log: string[] = [];
  const random = seeded(7);
  const given = { clock, random, log: (line: string) => void log.push(line), ...options };
  let lives = 0;
  let data = directory;
  let local = await startLocal({ ...given, data });
  const gone: Local[] = [];
  return {
    get local() {
      return local;
    },
    clock,
    log,
    call: (operation, input = {}) => call(local, operation, input),
    async crash() {
      lives += 1;
      const next = `${directory}/life-${lives}`;
      // A copy of the files at this moment is what a killed process leaves; its lock is left too, and is stale.
      for (const name of readdirSync(data))
        if (/^state-/.test(name)) cpSync(join(data, name), join(next, name));
      gone.push(local);
      // Its clock stands still from here: a killed process does nothing more.
      data = next;
      const dead = local;
      local = await startLocal({ ...given, data });
      await dead.close();
    },
    async restart(more = {}) {
      await local.close();
      local = await startLocal({ ...given, ...more, data });
    },
    [Symbol.asyncDispose]: () => local.close(),
  };
}

export async function call(local: Local, operation: string, input: object): Promise<Answer> {
  const text = JSON.stringify(input).replaceAll("URL:", `${local.url}/${local.account}/`);
  const response = await fetch(local.url, {
    method: "POST",
    headers: { "x-amz-target": operation, "content-type": "application/x-amz-json-1.0" },
    body: text,
  });
  const answer = (await response.text()).replaceAll(local.url, "http://emulator");
  const parsed = answer === "" ? {} : JSON.parse(answer);
  return response.ok ? parsed : { error: `${parsed.__type}: ${parsed.message ?? parsed.Message}` };
}

/** REST JSON of the schema registry. */
export async function rest(local: Local, method: string, path: string, body?: object): Promise<Answer> {
  const response = await fetch(`${local.url}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return text === "" ? {} : JSON.parse(text);
}
