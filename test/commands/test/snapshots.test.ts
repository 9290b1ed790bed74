import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { runEvb } from "../../world.ts";

let cwd: string;
const suite = (name: string) =>
  `bus: {from: bus.json}
tests:
  - {name: ${name}, file: events, expect: {bodies: {q: {snapshot: true}}}}
  - {name: other, event: {source: shop}, expect: {bodies: {q: {snapshot: true}}}}
`;
const test = (...argv: string[]) => runEvb(["test", "-q", ...argv], { cwd });
const kept = () => JSON.parse(readFileSync(join(cwd, "deep/a.evb.yaml.snap.json"), "utf8"));

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "evb-snapshots-"));
  mkdirSync(join(cwd, "deep/events"), { recursive: true });
  const rule = { pattern: { source: ["shop"] }, targets: [{ id: "q", queue: "q" }] };
  writeFileSync(
    join(cwd, "deep/bus.json"),
    JSON.stringify({ buses: { b: { rules: { r: rule } } }, queues: { q: {} } }),
  );
  writeFileSync(
    join(cwd, "deep/events/two.ndjson"),
    '{"source":"shop","id":"1"}\n{"source":"shop","id":"2"}\n',
  );
  writeFileSync(join(cwd, "deep/a.evb.yaml"), suite("all"));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

it("keeps the body of each event, for wherever the tests are run from", async () => {
  expect(await test()).toMatchObject({
    code: 1,
    out: expect.stringContaining("no snapshot of this body yet"),
  });
  expect(await test("--update")).toMatchObject({ code: 0 });
  expect(Object.keys(kept().all)).toEqual(["q of events/two.ndjson:1", "q of events/two.ndjson:2"]);
  expect(await test()).toMatchObject({ code: 0 });
  cwd = join(cwd, "deep");
  const here = await test();
  cwd = join(cwd, "..");
  expect(here).toMatchObject({ code: 0 });
});

it("keeps no body of a test that the suite has no more", async () => {
  await test("--update");
  writeFileSync(join(cwd, "deep/a.evb.yaml"), suite("renamed"));
  expect(await test("--update")).toMatchObject({ code: 0 });
  expect(Object.keys(kept()).sort()).toEqual(["other", "renamed"]);
});
