import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const src = join(import.meta.dirname, "../src");
const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));

/** Rooms and the floor each is on. What is not listed (main, program, index, load) is the top floor. */
const floors: Readonly<Record<string, number>> = { core: 1, shell: 2, aws: 3, local: 3, commands: 4 };
const roomOf = (file: string) => (file.includes("/") ? file.slice(0, file.indexOf("/")) : "top");
const floorOf = (file: string) => floors[roomOf(file)] ?? 5;

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

/** Every import and re-export, static or dynamic. `to` is a path below src, or a package's name. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(src, file), "utf8");
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^'"();]*?from\s*"([^"]+)"|(typeof\s+)?import\(\s*"([^"]+)"\s*\)/g,
  );
  return [...found].map(([, type, named, typeOf, dynamic]) => {
    const to = (named ?? dynamic)!;
    return {
      from: file,
      to: to.startsWith(".") ? relative(src, join(src, dirname(file), to)) : to,
      typeOnly: type !== undefined || typeOf !== undefined,
    };
  });
}

const imports = files.flatMap(importsOf);
const inside = imports.filter(({ to }) => to.endsWith(".ts") && !to.startsWith(".."));
const words = (found: Import[]) => found.map(({ from, to }) => `${from} -> ${to}`);

describe("floors", () => {
  it("finds the imports at all", () => {
    expect(inside.length).toBeGreaterThan(20);
    expect(imports.some(({ from, to }) => from === "main.ts" && to === "program.ts")).toBe(true);
  });

  it("point down", () => {
    expect(words(inside.filter(({ from, to }) => floorOf(to) > floorOf(from)))).toEqual([]);
  });

  it("keep aws and local apart", () => {
    const pairs = inside.filter(({ from, to }) => [roomOf(from), roomOf(to)].sort().join() === "aws,local");
    expect(words(pairs)).toEqual([]);
  });

  it("let a verb know no other verb", () => {
    const verbOf = (file: string) => (file.split("/").length > 2 ? file.split("/")[1] : undefined);
    const pairs = inside.filter(
      ({ from, to }) =>
        roomOf(from) === "commands" &&
        roomOf(to) === "commands" &&
        verbOf(to) !== undefined &&
        verbOf(from) !== verbOf(to),
    );
    expect(words(pairs)).toEqual([]);
  });

  it("keep the SDK's values in aws, and the emulator away from the commands but for one junction", () => {
    const sdk = imports.filter(({ to, typeOnly }) => to.startsWith("@aws-sdk/") && !typeOnly);
    expect(words(sdk.filter(({ from }) => roomOf(from) !== "aws"))).toEqual([]);
    const emulator = inside.filter(({ from, to }) => roomOf(from) === "commands" && roomOf(to) === "local");
    expect(
      words(emulator.filter(({ from }) => !/^commands\/(connect\.ts|local\/|demo\/)/.test(from))),
    ).toEqual([]);
  });

  it("keep core pure", () => {
    const outside = imports.filter(({ from, to }) => roomOf(from) === "core" && to.startsWith("node:"));
    expect(words(outside)).toEqual([]);
    const impure = files
      .filter((file) => roomOf(file) === "core")
      .filter((file) => /\bDate\.now\(|\bMath\.random\(|\bnew Date\(\)|\bprocess\./.test(code(file)));
    expect(impure).toEqual([]);
  });

  it("keep the emulator on its clock, and everything below the shell away from the process", () => {
    const timed = files.filter(
      (file) =>
        roomOf(file) === "local" && /\bDate\.now\(|\bset(Timeout|Interval)\(|\bnew Date\(\)/.test(code(file)),
    );
    expect(timed).toEqual([]);
    const global = files.filter(
      (file) => !/^(shell\/|load\.ts)/.test(file) && /(?<![./\w])(process|console)\.\w/.test(code(file)),
    );
    expect(global).toEqual([]);
  });
});

/** A file's text without its comments. */
const code = (file: string) =>
  readFileSync(join(src, file), "utf8")
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/(^|\s)\/\/.*$/gm, "$1");
