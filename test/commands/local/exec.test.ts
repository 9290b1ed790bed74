import { spawn } from "node:child_process";
import { statSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeWorld, runEvb, runIn } from "../../world.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "evb-exec-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const node = process.execPath;
const exec = (flags: readonly string[], script: string, env: Record<string, string> = {}) =>
  runEvb(["local", ...flags, "exec", "--", node, "-e", script], { cwd: folder, env });
const read = async (name: string) => JSON.parse(await readFile(join(folder, name), "utf8"));

describe("evb local exec", () => {
  it.each([0, 1, 42])("ends with the command's exit code %i", async (code) => {
    expect(await exec([], `process.exit(${code})`)).toMatchObject({ code, out: "", err: "" });
  });

  it("gives the command an environment that reaches this emulator and no account", async () => {
    const own = {
      OWN: "kept",
      AWS_PROFILE: "production",
      AWS_SESSION_TOKEN: "secret",
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true",
    };
    const script = "require('node:fs').writeFileSync('env.json', JSON.stringify(process.env))";
    expect(await exec(["--region", "eu-west-1"], script, own)).toMatchObject({ code: 0 });
    const env = await read("env.json");
    expect(env).toMatchObject({
      OWN: "kept",
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
      AWS_REGION: "eu-west-1",
      AWS_DEFAULT_REGION: "eu-west-1",
    });
    expect(env.AWS_ENDPOINT_URL).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    for (const name of ["AWS_ENDPOINT_URL_EVENTBRIDGE", "AWS_ENDPOINT_URL_SQS", "EVB_LOCAL_URL"])
      expect(env[name]).toBe(env.AWS_ENDPOINT_URL);
    for (const name of ["AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"])
      expect(env).not.toHaveProperty(name);
    await expect(fetch(env.AWS_ENDPOINT_URL)).rejects.toThrow();
  });

  it("begins with a file, tells of deliveries while the command runs, and hands it the flags behind --", async () => {
    const script = `
      const body = JSON.stringify({ Entries: [{ EventBusName: "orders", Source: "com.example.shop", DetailType: "Order Placed", Detail: process.argv[1] }] });
      const headers = { "x-amz-target": "AWSEvents.PutEvents", "content-type": "application/x-amz-json-1.1" };
      fetch(process.env.AWS_ENDPOINT_URL, { method: "POST", headers, body }).then((answer) => process.exit(answer.status === 200 ? 7 : 1));`;
    const argv = [
      "local",
      "--from",
      "order-processing",
      "--deliveries",
      "exec",
      "--",
      node,
      "-e",
      script,
      "--",
      '{"orderId":"A-1"}',
    ];
    const outcome = await runEvb(argv, { cwd: folder });
    expect(outcome.code).toBe(7);
    expect(outcome.err).toContain("evb: delivery: orders/orders-to-fulfilment -> fulfilment: delivered");
  });

  it.each(["SIGINT", "SIGTERM"] as const)(
    "passes %s on to the command, and ends when it has ended",
    async (signal) => {
      const script = `process.on(${JSON.stringify(signal)}, () => { require('node:fs').writeFileSync('saw.json', '"${signal}"'); process.exit(0); });
      require('node:fs').writeFileSync('ready.json', '1'); setInterval(() => {}, 1000);`;
      const world = makeWorld(["local", "exec", "--", node, "-e", script], { cwd: folder });
      const ended = runIn(world);
      await until(() => isWritten("ready.json"));
      world.signal(signal);
      expect((await ended).code).toBe(signal === "SIGINT" ? 130 : 143);
      expect(await read("saw.json")).toBe(signal);
    },
  );

  it("kills a command that does not heed the first signal at the second", async () => {
    const script = `process.on('SIGTERM', () => {}); require('node:fs').writeFileSync('ready.json', '1'); setInterval(() => {}, 1000);`;
    const world = makeWorld(["local", "exec", "--", node, "-e", script], { cwd: folder });
    const ended = runIn(world);
    await until(() => isWritten("ready.json"));
    world.signal("SIGTERM");
    world.signal("SIGTERM");
    expect((await ended).code).toBe(143);
  });

  it("as a process of its own: SIGTERM ends the command and the emulator", async () => {
    const bin = join(import.meta.dirname, "../../../bin/evb.js");
    const script = `require('node:fs').writeFileSync('ready.json', JSON.stringify([process.pid, process.env.AWS_ENDPOINT_URL])); setInterval(() => {}, 1000);`;
    const child = spawn(node, [bin, "local", "exec", "--", node, "-e", script], {
      cwd: folder,
      stdio: "ignore",
    });
    const ended = new Promise((resolve) => child.once("close", resolve));
    await until(() => isWritten("ready.json"));
    const [pid, url] = await read("ready.json");
    child.kill("SIGTERM");
    expect(await ended).toBe(143);
    expect(() => process.kill(pid, 0)).toThrow();
    await expect(fetch(url)).rejects.toThrow();
  });

  it("says which command it cannot run", async () => {
    const outcome = await runEvb(["local", "exec", "--", "no-such-command-anywhere"], {
      cwd: folder,
      env: { PATH: folder },
    });
    expect(outcome.code).toBe(2);
    expect(outcome.err).toContain("evb: error: cannot run no-such-command-anywhere: no such command\n");
  });
});

async function until(holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 10_000; !holds(); await new Promise((go) => setTimeout(go, 10)))
    if (Date.now() > end) throw new Error("it has not come to that");
}

const isWritten = (name: string): boolean =>
  (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0) > 0;
