import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startLocal } from "../../../src/local/start.ts";
import { runEvb } from "../../world.ts";

describe("evb local apply", () => {
  it("brings a running emulator to what a file says, and again to what another says", async () => {
    await using local = await startLocal();
    const folder = await mkdtemp(join(tmpdir(), "evb-apply-"));
    const env = { EVB_LOCAL_URL: local.url };
    const file = {
      queues: { q: {} },
      buses: { b: { rules: { r: { pattern: { source: ["s"] }, targets: [{ id: "t", queue: "q" }] } } } },
    };
    await writeFile(join(folder, "mine.json"), JSON.stringify(file));
    const apply = (name: string) => runEvb(["local", "apply", name], { env, cwd: folder });
    expect(await apply("mine.json")).toMatchObject({
      code: 0,
      err: "evb: 1 bus, 1 rule, 1 queue from mine.json\n",
    });
    expect(await apply("mine.json")).toMatchObject({ code: 0 });
    expect(await apply("audit")).toMatchObject({
      code: 0,
      err: "evb: 2 buses, 4 rules, 4 queues from audit\n",
    });
    await rm(folder, { recursive: true });
  });

  it("says that no emulator runs", async () => {
    const outcome = await runEvb(["local", "apply", "audit"], {
      env: { EVB_LOCAL_URL: "http://127.0.0.1:9" },
    });
    expect(outcome.code).toBeGreaterThan(1);
    expect(outcome.err).toContain("127.0.0.1:9");
  });
});
