import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateArchiveCommand, EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { describe, expect, it } from "vitest";
import { startLocal } from "../../../src/local/start.ts";
import { runEvb } from "../../world.ts";

const complete = async (words: readonly string[], env: Record<string, string> = {}) => {
  const { code, out, err } = await runEvb(["__complete", "--", ...words], { env });
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return out
    .split("\n")
    .filter(Boolean)
    .map((line) => line.split("\t")[0]);
};

describe("evb __complete", () => {
  it("knows every verb that help knows, and what each is for", async () => {
    const help = (await runEvb(["--help"])).out;
    const named = [...help.slice(help.indexOf("Commands:")).matchAll(/^ {2}([a-z][\w-]*)/gm)].map(
      ([, name]) => name,
    );
    expect((await complete([""])).sort()).toEqual(named.filter((name) => name !== "help").sort());
    expect((await runEvb(["__complete", "--", "rou"])).out).toMatch(/^route\twhich rules/);
  });

  it.each<[string[], string[]]>([
    [
      ["dlq", ""],
      ["ls", "peek", "drain", "redrive", "restore"],
    ],
    [["dlq", "ls", "--a"], ["--all"]],
    [["--json", "dlq", "ls", "--no-a"], ["--no-age"]],
    [["test", "--tag", ""], []],
    [["test", "--tag", "x", "--reporter", "t"], ["tap"]],
    [["test", "--tag=x", "--ba"], ["--bail"]],
    [
      ["completion", ""],
      ["bash", "zsh", "fish"],
    ],
    [["template", "show", "user"], ["user-registered"]],
    [["put", "order-placed", "user"], ["user-registered"]],
    [["init", "saga", ""], []],
    [["-b", "x", "gc", "--dry"], ["--dry-run"]],
    // As zsh and fish hand it on, and in the pieces that bash makes of it.
    [["test", "--reporter=t"], ["--reporter=tap"]],
    [["test", "--reporter", "=", "t"], ["tap"]],
    [["completion", "x", "--nonsense=t"], []],
    [
      ["rules", "lint", "--severity", "="],
      ["error", "warning", "note"],
    ],
  ])("%j", async (words, found) => expect(await complete(words)).toEqual(found));

  it("asks the account that the line means, and stays silent where that fails", async () => {
    await using local = await startLocal();
    const env = { EVB_LOCAL_URL: local.url };
    await runEvb(["local", "apply", "saga"], { env });
    const events = new EventBridgeClient({
      endpoint: local.url,
      region: local.region,
      credentials: { accessKeyId: "x", secretAccessKey: "x" },
    });
    const EventSourceArn = `arn:aws:events:${local.region}:${local.account}:event-bus/purchase`;
    await events.send(new CreateArchiveCommand({ ArchiveName: "bought", EventSourceArn }));
    expect(await complete(["route", "--local", "--bus", "p"], env)).toEqual(["purchase"]);
    expect(await complete(["tail", "--local", "--bus", "purchase", "--rule", "1"], env)).toEqual([
      "1-placed-to-stock",
    ]);
    expect(await complete(["tail", "--endpoint-url", local.url, "--bus=purchase", "--rule", "2"])).toEqual([
      "2-reserved-to-payment",
    ]);
    expect(await complete(["--local", "dlq", "drain", "pay"], env)).toEqual(["payment", "payment-retries"]);
    expect(await complete(["replay", "--local", "start", ""], env)).toEqual(["bought"]);
    expect(await complete(["put", "--local", "--bus=p"], env)).toEqual(["--bus=purchase"]);
    expect(await complete(["replay", "start", "--local", "x", "--to", "p"], env)).toEqual(["purchase"]);
    expect(await complete(["--local", "dlq", "restore", "x", "--to", "pay"], env)).toEqual([
      "payment",
      "payment-retries",
    ]);
    const show = ["rules", "show", "--local", "-b", "purchase"];
    expect(await complete([...show, "1"], env)).toEqual(["1-placed-to-stock"]);
    expect(await complete([...show, "--from", "saga", "1"], env)).toEqual([]);
    local.faults.add({
      operation: "ListEventBuses",
      kind: "error",
      status: 400,
      code: "AccessDeniedException",
    });
    expect(await complete(["route", "--local", "--bus", ""], env)).toEqual([]);
  });

  it("does not wait for an account that does not answer", async () => {
    await using local = await startLocal();
    local.faults.add({ operation: "ListEventBuses", kind: "hang" });
    expect(await complete(["route", "--local", "--bus", ""], { EVB_LOCAL_URL: local.url })).toEqual([]);
  });
});

describe("evb completion", () => {
  it.each(["bash", "zsh", "fish"])(
    "%s: a script that the shell can read, where it is installed",
    async (shell) => {
      const { code, out } = await runEvb(["completion", shell]);
      expect(code).toBe(0);
      expect(out).toContain("evb __complete --");
      // As a file: fish is not sure of a standard input that Node made.
      const folder = await installed(shell);
      const checked = spawnSync(shell, ["-n", join(folder, `evb.${shell}`)]);
      rmSync(folder, { recursive: true });
      if (checked.error === undefined)
        expect({ shell, status: checked.status }).toEqual({ shell, status: 0 });
    },
  );
});

const isThere = (shell: string) => spawnSync(shell, ["--version"]).status === 0;

const run = (shell: string, folder: string, ...argv: string[]): string => {
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}`, HOME: folder };
  return spawnSync(shell, argv, { cwd: folder, encoding: "utf8", env }).stdout;
};

/** The script of a shell, and one of `evb` that answers as `__complete` would: to see what the shell makes of it. */
async function installed(shell: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "completion-"));
  writeFileSync(join(folder, `evb.${shell}`), (await runEvb(["completion", shell])).out);
  const answers = 'case "$*" in *none*) ;; *) printf "orders\\ta bus\\nplain\\n" ;; esac';
  writeFileSync(join(folder, "evb"), `#!/bin/sh\n${answers}\n`, { mode: 0o755 });
  return folder;
}

describe("the script of evb completion", () => {
  it.skipIf(!isThere("fish"))("gives fish our candidates with their descriptions, else files", async () => {
    const folder = await installed("fish");
    const ask = (line: string) =>
      run("fish", folder, "--no-config", "-c", `source evb.fish; complete -C '${line}'`);
    expect(ask("evb put -b ")).toBe("orders\ta bus\nplain\n");
    expect(ask("evb none evb.f")).toBe("evb.fish\n");
    rmSync(folder, { recursive: true });
  });

  it.skipIf(!isThere("zsh"))("gives zsh our candidates, described where they are, else files", async () => {
    const folder = await installed("zsh");
    // What the completion system would be handed.
    const script = `
      compdef() { :; }
      _describe() { print -l -- "\${(@P)2}"; }
      _files() { print files; }
      source ./evb.zsh
      words=(evb put -b ""); CURRENT=4; _evb
      words=(evb none ""); CURRENT=3; _evb`;
    expect(run("zsh", folder, "-f", "-c", script)).toBe("orders:a bus\nplain\nfiles\n");
    rmSync(folder, { recursive: true });
  });
});
