import { expect, it } from "vitest";
import { parseDuration, renderDuration } from "../../src/core/duration.ts";

it.each<[string, number | undefined]>([
  ["30s", 30_000],
  ["1h30m", 5_400_000],
  ["250ms", 250],
  ["1.5m", 90_000],
  ["7d", 604_800_000],
  ["45", 45_000],
  ["", undefined],
  ["-1s", undefined],
  ["1 h", undefined],
  ["5x", undefined],
])("reads %j", (text, ms) => expect(parseDuration(text)).toBe(ms));

it.each<[number, string]>([
  [0, "0ms"],
  [999, "999ms"],
  [1000, "1s"],
  [65_000, "1m 5s"],
  [3_600_000, "1h"],
  [93_784_000, "1d 2h"],
])("writes %d", (ms, text) => expect(renderDuration(ms)).toBe(text));
