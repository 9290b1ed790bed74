import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { openFake } from "../src/commands/fake.ts";
import { checkDraft } from "../src/core/event/check.ts";
import { readDraft } from "../src/core/event/draft.ts";
import type { Fake } from "../src/core/event/template/functions.ts";
import { parseTemplate } from "../src/core/event/template/parse.ts";
import { findMissing, renderTemplate } from "../src/core/event/template/render.ts";
import { compilePattern } from "../src/core/pattern/index.ts";
import { seededRandom } from "./world.ts";

const root = join(import.meta.dirname, "../templates");
const now = Date.parse("2026-01-02T03:04:05Z");
const read = (path: string) => readFileSync(join(root, path), "utf8");

describe.each(readdirSync(join(root, "events")))("templates/events/%s", (file) => {
  const template = parseTemplate(file, read(`events/${file}`), JSON.parse(read(`events/${file}`)));
  let fake: Fake;
  beforeAll(async () => {
    fake = await openFake(seededRandom(7), () => now);
  });
  const render = (seed: number) =>
    renderTemplate(template, {}, { now, random: seededRandom(seed), index: 0, fake });

  it("describes itself and its variables, and asks for nothing", () => {
    expect(template.description).toBeTruthy();
    for (const { name, description } of template.variables)
      expect(`${name}: ${description ?? ""}`).toMatch(/: ./);
    expect(findMissing(template, {}, { now, random: seededRandom(1), index: 0, fake })).toEqual([]);
  });

  it("renders events that AWS takes, and other ones each time", () => {
    for (const seed of [1, 2, 3]) {
      const events = render(seed);
      expect(events.length).toBeGreaterThan(0);
      for (const event of events) {
        const { draft, faults } = readDraft(event);
        expect(faults).toEqual([]);
        // Only AWS may send from these; the rest of the event must still be right.
        if (String(draft.source).startsWith("aws.")) draft.source = "test.source";
        expect(checkDraft(draft)).not.toHaveProperty("faults");
      }
    }
    expect(render(1)).not.toEqual(render(2));
  });

  it("uses every variable that it declares", () => {
    const body =
      JSON.stringify(template.body) + JSON.stringify(template.variables.map((v) => v.default ?? ""));
    for (const { name } of template.variables) expect(body).toMatch(new RegExp(`\\b${name}\\b`));
  });
});

describe.each(readdirSync(join(root, "patterns")))("templates/patterns/%s", (name) => {
  const pattern = compilePattern(read(`patterns/${name}/pattern.json`));
  const events = (file: string) =>
    read(`patterns/${name}/${file}`)
      .split("\n")
      .filter(Boolean)
      .map((line) => Buffer.from(line));

  it("is a pattern without a warning", () => expect(pattern.warnings).toEqual([]));

  it("matches what it must, and nothing else", () => {
    const verdicts = (file: string) => events(file).map((event) => pattern.matchesJson(event));
    expect(new Set(verdicts("matches.ndjson"))).toEqual(new Set([true]));
    expect(new Set(verdicts("mismatches.ndjson"))).toEqual(new Set([false]));
  });
});
