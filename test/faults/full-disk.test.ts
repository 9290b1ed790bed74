import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { arnOf, event, failure, type Lab, openLab } from "../commands/dlq/lab.ts";
import { twice } from "./every-call.ts";

const ids = Array.from({ length: 90 }, (_, n) => `e${n}`);
const bin = join(import.meta.dirname, "../../bin/evb.js");

async function openFilled(): Promise<Lab> {
  const lab = await openLab();
  for (const queue of ["billing", "dlq"]) await lab.queue(queue);
  await lab.rule("shop", "bill", "shop", [{ Id: "billing", Arn: arnOf("billing") }]);
  const bodies = ids.map((id) => event(id, "shop", { note: "x".repeat(500) }));
  await lab.sendMany("dlq", bodies, failure("shop/bill", arnOf("billing")));
  return lab;
}

/** Runs evb in a process that may write no file beyond `kib`: what a disk does that is full at that moment. */
function runLimited(lab: Lab, args: readonly string[], kib: number) {
  const script = `ulimit -f ${kib} && exec "$0" "$@"`;
  const child = spawn("bash", ["-c", script, process.execPath, bin, "dlq", ...args], {
    env: { ...process.env, ...lab.world().env, EVB_NO_CODE_CACHE: "1" },
    cwd: lab.home,
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (data) => {
    out += data;
  });
  child.stderr.on("data", (data) => {
    err += data;
  });
  return new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    child.on("close", (code) => resolve({ code, out, err }));
  });
}

it("a redrive whose journal's disk fills up half-way stops, and the next one finishes it", async () => {
  await using lab = await openFilled();
  const args = ["redrive", "dlq", "--yes", "--json", "--journal", "j.ndjson"];
  const full = await runLimited(lab, args, 64);
  expect(full.code, full.err).toBe(3);
  expect(full.err).toContain("stopped: j.ndjson cannot be written");
  const written = readFileSync(join(lab.home, "j.ndjson"), "utf8");
  const again = await lab.dlq(args);
  expect(again.code, again.err).toBe(0);
  // Append-only: what the first run wrote is still what it was.
  expect(readFileSync(join(lab.home, "j.ndjson"), "utf8").startsWith(written)).toBe(true);
  const arrived = (await lab.empty("billing")).map(({ Body }) => JSON.parse(Body!).id);
  expect([...new Set(arrived)].sort()).toEqual([...ids].sort());
  const said = new Set(
    [
      ...full.out
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
      ...again.lines(),
    ]
      .filter(({ possiblyDouble, stillInQueue }) => possiblyDouble || stillInQueue)
      .map(({ event }) => event.id),
  );
  for (const id of twice(arrived)) expect(said).toContain(id);
  expect(await lab.counts("dlq")).toEqual({ visible: 0, hidden: 0 });
  // The journal with its torn line is one that restore reads.
  const restored = await lab.dlq(["restore", "j.ndjson", "--to", "dlq", "--dry-run", "--json"]);
  expect([restored.code, restored.lines().length]).toEqual([0, ids.length]);
}, 30_000);

it.each(["d.ndjson", "d.ndjson.gz"])(
  "a drain into %s whose disk fills up deletes only what is written",
  async (file) => {
    await using lab = await openFilled();
    const full = await runLimited(
      lab,
      ["drain", "dlq", "--to", file, "--yes", "--json"],
      file.endsWith("gz") ? 4 : 64,
    );
    expect(full.code, full.err).toBe(3);
    expect(full.err).toContain(`stopped: ${file} cannot be written`);
    const drained = full.out.trim().split("\n").length;
    expect((await lab.counts("dlq")).visible).toBe(ids.length - drained);
    const again = await lab.dlq(["drain", "dlq", "--to", file, "--yes"]);
    expect(again.code, again.err).toBe(0);
    const restored = await lab.dlq(["restore", file, "--to", "billing", "--yes"]);
    expect(restored.code, restored.err).toBe(0);
    expect((await lab.bodies("billing")).map((body) => JSON.parse(body).id).sort()).toEqual([...ids].sort());
  },
  30_000,
);
