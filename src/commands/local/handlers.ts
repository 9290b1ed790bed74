import { appendFile } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { EvbError } from "../../core/errors.ts";
import type { Handler, Invocation } from "../../local/eventbridge/options.ts";
import { runChild } from "../../shell/child.ts";
import { importModule } from "../../shell/import-module.ts";
import { postJson } from "../../shell/post.ts";
import type { World } from "../../shell/world.ts";
import type { HandlerSpec } from "./handler.ts";

/** A handler may take as long as a Lambda function may run. */
const patienceMs = 900_000;
const graceMs = 2000;

export interface HandlerTold {
  /** A line for the person who runs the emulator. */
  readonly log: (line: string) => void;
  /** What a target that is standard output was sent. */
  readonly out: (body: string) => void;
  /** Ends what is under way. */
  readonly end: AbortSignal;
}

/** The handlers that the person named. A module is loaded now, so that a mistake in it shows at once. */
export async function openHandlers(
  world: World,
  specs: readonly HandlerSpec[],
  told: HandlerTold,
): Promise<Readonly<Record<string, Handler>>> {
  const opened: Record<string, Handler> = {};
  for (const { target, how } of specs) opened[target] = await openHandler(world, how, told);
  return opened;
}

async function openHandler(world: World, how: HandlerSpec["how"], told: HandlerTold): Promise<Handler> {
  switch (how.kind) {
    case "module":
      return moduleHandler(resolve(world.cwd, how.path), how.name);
    case "command":
      return (_event, call) => execute(world, how.line, call, told);
    case "url":
      return (_event, { body }) => post(how.url, body, told.end);
    case "file":
      return (_event, { body }) => appendFile(resolve(world.cwd, how.path), `${oneLine(body)}\n`);
    case "stdout":
      return (_event, { body }) => told.out(oneLine(body));
  }
}

async function moduleHandler(path: string, name: string): Promise<Handler> {
  const loaded = (await importModule(pathToFileURL(path).href).catch((error: Error) => {
    throw new EvbError("BAD_USAGE", `--handler: ${path} cannot be loaded: ${error.message}`);
  })) as Record<string, unknown>;
  const found = loaded[name] ?? Object(loaded.default)[name];
  if (typeof found !== "function")
    throw new EvbError("BAD_USAGE", `--handler: ${path} exports no function ${name}`, [
      "write FILE#NAME for another export than the default one",
    ]);
  return found as Handler;
}

/** The body on stdin, the rest in the environment. Any exit code but 0 is a failed delivery, which is tried again. */
async function execute(world: World, line: string, call: Invocation, told: HandlerTold): Promise<void> {
  const env = {
    ...world.env,
    EVB_TARGET_ARN: call.targetArn,
    EVB_RULE_ARN: call.ruleArn,
    EVB_ATTEMPT: String(call.attempt),
  };
  const end = AbortSignal.any([told.end, timeout(world)]);
  const { exit, signal, stdout, stderr } = await runChild({ ...world, env }, line, call.body, {
    end,
    graceMs,
  });
  const said = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes).trim());
  for (const text of said) for (const each of text.split("\n")) if (each !== "") told.log(each);
  if (exit === 0) return;
  const last = said[1]?.split("\n").at(-1);
  const how = exit === undefined ? `ended by ${signal}` : `exit code ${exit}`;
  throw new Error(last ? `${how}: ${last}` : how);
}

/** Answers as an API destination's are read: what is neither 2xx nor worth another try ends the delivery. */
async function post(url: string, body: string, end: AbortSignal): Promise<void> {
  const { status, text } = await postJson(url, body, end);
  if (status >= 200 && status <= 299) return;
  const retryable = status >= 500 || status === 409 || status === 429;
  throw Object.assign(new Error(`HTTP ${status}${text === "" ? "" : `: ${text}`}`), {
    retryable,
    ...(status === 429 && { code: "THROTTLING" }),
  });
}

function timeout(world: World): AbortSignal {
  const controller = new AbortController();
  world.clock.after(patienceMs, () => controller.abort("SIGTERM"));
  return controller.signal;
}

/** A log has one event a line; JSON keeps its meaning. */
function oneLine(body: string): string {
  return body.replace(/\r?\n/g, " ");
}
