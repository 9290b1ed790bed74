import Table from "cli-table3";
import type { Screen } from "./screen.ts";

/**
 * A table for people, with frames at a terminal that is wide enough; elsewhere columns two blanks apart, so that `awk`
 * and `cut` can read them. Nothing is ever cut off.
 */
export function renderTable(
  screen: Screen,
  header: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const names = header.map((name) => name.toUpperCase());
  const widths = names.map((name, index) =>
    Math.max(widthOf(name), ...rows.map((row) => widthOf(row[index] ?? ""))),
  );
  const framed = widths.reduce((sum, width) => sum + width + 3, 1);
  return screen.tty && framed <= screen.columns
    ? renderFrames(screen, names, rows)
    : renderColumns(screen, names, rows, widths);
}

function renderFrames(
  screen: Screen,
  names: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const table = new Table({
    head: names.map((name) => screen.paint.bold(name)),
    style: { head: [], border: [] },
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}

function renderColumns(
  screen: Screen,
  names: readonly string[],
  rows: readonly (readonly string[])[],
  widths: readonly number[],
): string {
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) => cell + " ".repeat(widths[index]! - widthOf(cell)))
      .join("  ")
      .trimEnd();
  return [screen.paint.bold(line(names)), ...rows.map(line)].join("\n");
}

/** Characters, not UTF-16 units. */
const widthOf = (text: string): number => [...text].length;
