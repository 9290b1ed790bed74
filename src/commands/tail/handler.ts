import type { Delivered } from "../../core/tail/body.ts";
import { runChild } from "../../shell/child.ts";
import { postJson } from "../../shell/post.ts";
import type { World } from "../../shell/world.ts";

/** What came of handing one event over. */
export interface Handed {
  readonly ok: boolean;
  readonly words: string;
  readonly stdout?: Uint8Array;
  readonly stderr?: Uint8Array;
}

/** Hands a body over once; `end` ends it early, its reason may name a signal. Never rejects. */
export type Handler = (delivered: Delivered, end: AbortSignal) => Promise<Handed>;

/** After the signal that ends it a command has so long before it is killed. */
const graceMs = 2000;

/** Runs the command with the body on its stdin, and the rule in `EVB_RULE` where several are watched. */
export const execHandler =
  (world: World, command: string): Handler =>
  async ({ body, mark }, end) => {
    const env = mark === undefined ? world.env : { ...world.env, EVB_RULE: mark };
    try {
      const how = { end, graceMs };
      const { exit, signal, stdout, stderr, isCut } = await runChild({ ...world, env }, command, body, how);
      const words = exit === undefined ? `ended by ${signal}` : `exit code ${exit}`;
      return { ok: exit === 0, words: isCut ? `${words}, output cut at 1 MiB` : words, stdout, stderr };
    } catch (error) {
      return { ok: false, words: `cannot be started (${reasonOf(error)})` };
    }
  };

/** Posts the body, with the rule in a header where several are watched; anything but a 2xx is a failure. */
export const forwardHandler =
  (url: string): Handler =>
  async ({ body, mark }, end) => {
    try {
      const { status, text } = await postJson(url, body, end, mark === undefined ? {} : { "evb-rule": mark });
      const ok = status >= 200 && status < 300;
      return { ok, words: ok || text === "" ? `HTTP ${status}` : `HTTP ${status}: ${text}` };
    } catch (error) {
      return { ok: false, words: `no answer (${reasonOf(error)})` };
    }
  };

/** `fetch` puts what happened into the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code === "string") return code;
  return error.cause === undefined ? error.message : reasonOf(error.cause);
}
