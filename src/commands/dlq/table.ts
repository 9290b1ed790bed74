import type { Screen } from "../../shell/screen.ts";

/** Columns two blanks apart, nothing cut off; the header in bold at a terminal. */
export function renderTable(
  screen: Screen,
  header: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const widths = header.map((name, index) =>
    Math.max(name.length, ...rows.map((row) => [...(row[index] ?? "")].length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) => cell + " ".repeat(widths[index]! - [...cell].length))
      .join("  ")
      .trimEnd();
  return [screen.paint.bold(line(header.map((name) => name.toUpperCase()))), ...rows.map(line)].join("\n");
}
