import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

/** What tells that a chunk holds one of the heavy packages. */
const heavy = {
  "the SDK for EventBridge": "AWSEvents",
  "the prompt library": "force closed the prompt",
  "the spinner": "simpleDotsScrolling",
  faker: "Handcrafted",
  diff: "No newline at end of file",
  ajv: "must NOT have additional properties",
} as const;

/** The sources of the chunks that a command line loads, as its code cache names them. */
function loadedBy(argv: readonly string[]): string[] {
  const cache = mkdtempSync(join(tmpdir(), "evb-loaded-"));
  try {
    spawnSync(process.execPath, [join(root, "bin/evb.js"), ...argv], {
      env: { ...process.env, XDG_CACHE_HOME: cache, EVB_NO_CODE_CACHE: "" },
      stdio: "ignore",
    });
    const [build = ""] = readdirSync(join(cache, "evb"));
    const names = readdirSync(join(cache, "evb", build));
    return names.map((name) => readFileSync(join(root, "dist/cli", name), "utf8"));
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}

const packagesIn = (sources: readonly string[]) =>
  Object.entries(heavy).flatMap(([name, mark]) =>
    sources.some((source) => source.includes(mark)) ? [name] : [],
  );

describe("a verb loads only what it uses", () => {
  it.each([
    [["--version"], []],
    [["test-pattern", "-p", '{"source":["a"]}', "-e", '{"source":"a"}', "--explain"], []],
    [["put", "--source", "a", "--detail-type", "b", "--detail", "{}", "--dry-run"], []],
    [["rules", "graph", "--from", "demo"], []],
    // What does use them, so that the marks are known to be found where they should be.
    [["put", "audit-recorded", "--dry-run"], ["faker"]],
    [["schema", "validate", "-e", "{}", "--registry", "./nowhere"], ["ajv"]],
    [["demo"], ["the SDK for EventBridge"]],
    // Nobody listens there: what the verb would have used has been loaded by then.
    [["dlq", "peek", "dlq", "--endpoint-url", "http://127.0.0.1:9"], []],
    [
      ["dlq", "redrive", "dlq", "--dry-run", "--endpoint-url", "http://127.0.0.1:9"],
      ["the SDK for EventBridge"],
    ],
  ])("evb %j", (argv, packages) => {
    const sources = loadedBy(argv);
    expect(sources.length).toBeGreaterThan(1);
    expect(packagesIn(sources)).toEqual(packages);
  });
});
