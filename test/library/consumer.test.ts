import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const run = promisify(execFile);

const program = `
import { compilePattern, explain, type Local, PatternError, readBus, route, RuleSet, startLocal, transform, windableClock, withEventMatchers } from "evb-cli";

export const verdict: boolean = compilePattern({ source: ["a"] }).matches({ source: "a" });
export const names: string[] = new RuleSet().add("r", { a: [1] }).match({ a: 1 });
export const hint: string | undefined = explain(compilePattern("{}"), {})[0]?.hint;
export const sent = transform({ InputPath: "$.detail" }, { detail: { a: 1 } });
if (!sent.ok) throw new PatternError(sent.reason);
interface Bare { toBe(other: unknown): void; not: Bare }
declare const bare: { <T>(actual: T): Bare; extend(matchers: object): void };
const expect = withEventMatchers(bare);
const bus = await readBus("saga", { name: "purchase" });
expect(bus).toRoute({ source: "a" }).to("r").not.to("q").feeding("t", route(bus, {}).rules[0]?.targets[0]?.body);
expect({}).not.toMatchPattern({ source: ["a"] });
expect(1).not.toBe(2);
await using plain = await startLocal();
const some: Local = plain;
await using wound = await startLocal({ clock: windableClock(0), handlers: { lambda: () => {} } });
await wound.clock.advance(1000);
// @ts-expect-error: the machine's clock cannot be wound
plain.clock.advance;
const { event, body } = await wound.spy.waitFor({ rule: "r" }).catch(() => wound.spy.waitFor((seen) => seen.attempts === 2));
console.log(some.url, event.detail.anything, body);
`;

it("what is built compiles for a user who has nothing of our packages", async () => {
  const folder = await mkdtemp(join(tmpdir(), "evb-consumer-"));
  try {
    await mkdir(join(folder, "node_modules/evb-cli"), { recursive: true });
    for (const name of ["package.json", "dist"])
      await symlink(join(root, name), join(folder, "node_modules/evb-cli", name));
    await writeFile(join(folder, "use.mts"), program);
    const flags = ["--strict", "--noEmit", "--target", "es2022", "--module", "nodenext", "--types", ""];
    const argv = [join(root, "node_modules/typescript/bin/tsc"), ...flags, "--preserveSymlinks"];
    const { stdout } = await run(process.execPath, [...argv, "use.mts"], {
      cwd: folder,
    }).catch((error: { stdout: string }) => error);
    expect(stdout).toBe("");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 60_000);

it("what is built speaks of no package that a user lacks", async () => {
  const types = join(root, "dist/types");
  const files = (await readdir(types, { recursive: true })).filter((file) => file.endsWith(".d.ts"));
  expect(files).toContain("index.d.ts");
  const foreign = [];
  for (const file of files)
    for (const [, module] of (await readFile(join(types, file), "utf8")).matchAll(
      /(?:from |import\()"([^".][^"]*)"/g,
    ))
      foreign.push(`${file}: ${module}`);
  expect(foreign).toEqual([]);
});
