import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ctrlC, down, enter, talk } from "../../talk.ts";
import { runEvb } from "../../world.ts";

const shipped = join(import.meta.dirname, "../../../templates/buses");
const starters = readdirSync(shipped)
  .filter((name) => name.endsWith(".json"))
  .map((name) => name.slice(0, -5));

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "evb-init-"));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

describe("the suites of the starters", () => {
  it("pass, and touch every rule, target and alternative", async () => {
    const { code, out } = await runEvb(["test", shipped, "--min-coverage", "100", "--json"]);
    expect({ code, failed: out.match(/"status":"failed"/g) }).toEqual({ code: 0, failed: null });
    for (const name of starters) expect(existsSync(join(shipped, `${name}.evb.yaml`))).toBe(true);
  });
});

describe("evb init", () => {
  it("asks which starter, a line each however narrow the terminal is, and leaves nothing at Ctrl-C", async () => {
    const columns = 60;
    const argv = ["init", "--no-color"];
    const left = await talk(argv, [["which starter?", ctrlC]], { cwd, columns });
    expect([left.code, left.out, readdirSync(cwd)]).toEqual([130, "", []]);
    const shown = left.err.split("\n").filter((line) => /^(❯| {2})/.test(line));
    expect(shown).toHaveLength(starters.length);
    expect(Math.max(...shown.map((line) => line.length))).toBeLessThan(columns);
    const { code, out, err } = await talk(argv, [["which starter?", down + enter]], { cwd, columns });
    expect([code, out.split("\n")[0], err]).toEqual([
      0,
      "cqrs.json",
      expect.stringContaining("which starter? cqrs"),
    ]);
  });

  it.each(starters)(
    "%s: what was copied passes where it lies, with the templates beside it",
    async (name) => {
      const { code, lines, err } = await runEvb(["init", name, "--to", "deep/down", "--json"], { cwd });
      expect({ code, err }).toEqual({ code: 0, err: "" });
      const paths = lines().map(({ path }) => path);
      expect(paths.slice(0, 2)).toEqual([`deep/down/${name}.json`, `deep/down/${name}.evb.yaml`]);
      for (const path of paths) expect(existsSync(join(cwd, String(path)))).toBe(true);
      const at = join(cwd, "deep/down");
      const about = readFileSync(join(at, `${name}.md`), "utf8");
      expect(about.split("\n").length).toBeGreaterThan(8);
      expect(about).toContain(`# ${name}\n`);
      expect(about).toContain(`evb init ${name} && evb test`);
      expect(await runEvb(["test", "-q"], { cwd: at })).toMatchObject({ code: 0 });
      expect(await runEvb(["template", "check"], { cwd: at })).toMatchObject({ code: 0 });
    },
  );

  it("says what to do next, which works", async () => {
    const { err } = await runEvb(["init", "saga"], { cwd });
    const commands = err
      .split("\n")
      .slice(1)
      .filter(Boolean)
      .map((line) => line.trim());
    expect(commands).toEqual([
      "evb test --coverage",
      "evb template show order-placed --render | evb route --from saga.json -b purchase --all",
      "evb local --from saga.json",
      "evb put order-placed -b purchase --local",
    ]);
    const { out } = await runEvb(commands[1]!.split(" | ")[0]!.split(" ").slice(1), { cwd });
    const routed = await runEvb(commands[1]!.split(" | ")[1]!.split(" ").slice(1), { cwd, stdin: out });
    expect(routed).toMatchObject({ code: 0, out: expect.stringContaining("✓ 1-placed-to-stock") });
  });

  it("writes nothing when one of the files exists, and leaves that one as it is", async () => {
    mkdirSync(join(cwd, "templates"));
    writeFileSync(join(cwd, "templates/order-placed.json"), "mine");
    const { code, out, err } = await runEvb(["init", "order-processing"], { cwd });
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("templates/order-placed.json exists already; nothing was written");
    expect(readFileSync(join(cwd, "templates/order-placed.json"), "utf8")).toBe("mine");
    expect(readdirSync(cwd)).toEqual(["templates"]);
  });

  it("names the starters where nobody can be asked, and what a misspelt one could mean", async () => {
    const none = await runEvb(["init"], { cwd });
    expect(none).toMatchObject({
      code: 2,
      err: expect.stringContaining("hint: name one: evb init audit|cqrs"),
    });
    const misspelt = await runEvb(["init", "sagga"], { cwd });
    expect(misspelt).toMatchObject({ code: 2, err: expect.stringContaining("did you mean saga?") });
  });

  it("says what is in the way of a folder", async () => {
    writeFileSync(join(cwd, "file"), "");
    const { code, err } = await runEvb(["init", "saga", "--to", "file"], { cwd });
    expect({ code, err }).toMatchObject({
      code: 2,
      err: expect.stringContaining("file/saga.json cannot be written"),
    });
  });
});
