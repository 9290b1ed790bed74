import { spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { startLocal } from "../../src/local/start.ts";
import { runEvb } from "../world.ts";
import { compareLines, parseConversation, plainWords } from "./conversation.ts";

const bin = join(import.meta.dirname, "../../bin/evb.js");
const scripts = (await readdir(import.meta.dirname)).filter((name) => name.endsWith(".txt"));

describe("conversations", () => {
  it("has some", () => expect(scripts.length).toBeGreaterThan(0));

  it.each(scripts)("%s", { timeout: 60_000 }, async (name) => {
    const { files, turns } = parseConversation(await readFile(join(import.meta.dirname, name), "utf8"));
    expect(turns.length).toBeGreaterThan(0);
    await using local = await startLocal();
    const home = await mkdtemp(join(tmpdir(), "evb-talk-"));
    const env = await environment(home, local.url);
    const cwd = join(home, "work");
    for (const [file, text] of files) {
      await mkdir(dirname(join(cwd, file)), { recursive: true });
      await writeFile(join(cwd, file), text);
    }
    try {
      for (const [at, turn] of turns.entries()) {
        const words = at === 0 ? undefined : plainWords(turn.command);
        const { exit, stdout, stderr } = await (words ? run(words, cwd, env) : say(turn.command, cwd, env));
        const lines = (text: string) => (text === "" ? [] : text.replace(/\n$/, "").split("\n"));
        const wrong = [
          exit === turn.exit ? undefined : `exit code ${exit} instead of ${turn.exit}`,
          compareLines(turn.stdout, lines(stdout)),
          compareLines(turn.stderr, lines(stderr))?.replace(/^/gm, "stderr "),
        ].filter((text) => text !== undefined);
        const told =
          wrong.length === 0 ? "" : `${name}:${turn.line} $ ${turn.command}\n${wrong.join("\n")}\n${stderr}`;
        expect(told).toBe("");
      }
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  });
});

/** An environment without the account of the person who runs the tests, with `evb` on the path. */
async function environment(home: string, url: string): Promise<NodeJS.ProcessEnv> {
  const path = join(home, "bin");
  await mkdir(path);
  await mkdir(join(home, "work"));
  await symlink(bin, join(path, "evb"));
  await chmod(bin, 0o755);
  return {
    PATH: [path, dirname(process.execPath), process.env.PATH].join(delimiter),
    HOME: home,
    XDG_CACHE_HOME: join(tmpdir(), "evb-test-cache"),
    XDG_STATE_HOME: join(home, "state"),
    EVB_LOCAL_URL: url,
    AWS_EC2_METADATA_DISABLED: "true",
    LANG: "C.UTF-8",
  };
}

/** A command that needs no shell costs no process either; the first one of each conversation has both. */
async function run([, ...argv]: readonly string[], cwd: string, env: NodeJS.ProcessEnv) {
  const { code, out, err } = await runEvb(argv, { cwd, env, home: env.HOME! });
  return { exit: code, stdout: out, stderr: err };
}

function say(command: string, cwd: string, env: NodeJS.ProcessEnv) {
  return new Promise<{ exit: number | null; stdout: string; stderr: string }>((resolve, reject) => {
    const child = spawn("bash", ["-o", "pipefail", "-c", command], {
      cwd,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 20_000,
      killSignal: "SIGKILL",
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("error", reject);
    child.on("close", (exit) => resolve({ exit, stdout, stderr }));
  });
}
