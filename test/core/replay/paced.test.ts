import { describe, expect, it } from "vitest";
import {
  groupsOf,
  halfOf,
  nextWindow,
  parseSpeed,
  planWindowMs,
  Schedule,
  windowLimits,
} from "../../../src/core/replay/paced.ts";

const at = (time: string) => Date.parse(`2026-01-02T${time}Z`);
const shown = (ms: number) => new Date(ms).toISOString().slice(11, 19);

describe("a paced replay", () => {
  it.each([
    ["10x", 10],
    ["1", 1],
    ["0.5x", 0.5],
    ["0x", undefined],
    ["fast", undefined],
    ["-1x", undefined],
  ])("takes %s as %s", (text, speed) => {
    expect(parseSpeed(text)).toBe(speed);
  });

  it.each([
    ["10:00:00", "12:00:00", Number.POSITIVE_INFINITY, "12:00:00", true],
    ["10:00:30", "12:00:00", 3_600_000, "11:00:00", false],
    ["10:00:30", "12:00:00", 1000, "10:01:00", false],
    ["10:00:00", "10:00:40", 60_000, "10:00:40", true],
    ["11:00:00", "12:00:00", 3_600_000, "12:00:00", true],
  ])("reads from %s to %s at most %d ms at once: up to %s", (from, end, length, to, isLast) => {
    const window = nextWindow(at(from), at(end), length);
    expect([shown(window.to), window.isLast]).toEqual([to, isLast]);
  });

  it.each([
    [3_600_000, 1_800_000],
    [100_000, 60_000],
    [60_000, undefined],
  ])("halves a window of %d ms that holds too much to %s", (length, half) => {
    expect(halfOf({ from: 0, to: length, isLast: false })).toBe(half);
  });

  it("plans windows by what the archive holds on average", () => {
    const day = 86_400_000;
    expect(planWindowMs({ events: 100, bytes: 1000, createdAt: 0 }, day)).toBe(Number.POSITIVE_INFINITY);
    expect(planWindowMs({ events: windowLimits.events * 10, bytes: 0, createdAt: 0 }, day)).toBe(day / 50);
    expect(planWindowMs({ events: 0, bytes: windowLimits.bytes * 1e6, createdAt: 0 }, day)).toBe(60_000);
  });

  it("sends at the original gaps, scaled; what is late holds up the rest, and an early one nothing", () => {
    const schedule = new Schedule(10);
    expect(schedule.due(1000, 50_000)).toBe(50_000);
    expect(schedule.due(11_000, 50_020)).toBe(51_000);
    // Read three seconds too late: the gap of a second that follows stays one.
    expect(schedule.due(21_000, 55_000)).toBe(55_000);
    expect(schedule.due(31_000, 55_000)).toBe(56_000);
    expect(schedule.slipMs).toBe(3000);
    expect(schedule.due(500, 55_500)).toBe(55_500);
    expect(schedule.due(41_000, 56_000)).toBe(57_000);
  });

  it("sends together what is as good as simultaneous at its speed", () => {
    const events = [0, 0, 1000, 2000, 12_000].map((time) => ({ time }));
    expect(groupsOf(events, 1).map((group) => group.length)).toEqual([2, 1, 1, 1]);
    expect(groupsOf(events, 200).map((group) => group.length)).toEqual([4, 1]);
  });
});
