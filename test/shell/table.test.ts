import { describe, expect, it } from "vitest";
import { openScreen } from "../../src/shell/screen.ts";
import { renderTable } from "../../src/shell/table.ts";
import { makeWorld } from "../world.ts";

const table = async (tty: boolean, columns: number) =>
  renderTable(
    await openScreen(makeWorld([], { tty, columns }), { color: false }),
    ["rule", "depth"],
    [
      ["orders-to-billing", "1"],
      ["añb", "20"],
    ],
  );

describe("a table", () => {
  it("has frames at a terminal", async () => {
    expect(await table(true, 80)).toBe(
      [
        "┌───────────────────┬───────┐",
        "│ RULE              │ DEPTH │",
        "├───────────────────┼───────┤",
        "│ orders-to-billing │ 1     │",
        "├───────────────────┼───────┤",
        "│ añb               │ 20    │",
        "└───────────────────┴───────┘",
      ].join("\n"),
    );
  });

  it("has none in a pipe, and where the terminal is too narrow, and is never cut", async () => {
    const plain = "RULE               DEPTH\norders-to-billing  1\nañb                20";
    expect(await table(false, 80)).toBe(plain);
    expect(await table(true, 20)).toBe(plain);
  });
});
