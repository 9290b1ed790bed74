/** The median, the least and the greatest. */
export function spread(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const median = (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
  return { median, min: sorted[0], max: sorted.at(-1) };
}

/** Rows of texts as a Markdown table; the first column to the left, the others to the right. */
export function renderTable(heads, rows) {
  const widths = heads.map((head, i) => Math.max(head.length, ...rows.map((row) => row[i].length)));
  const line = (cells) =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join(" | ")} |`;
  const rule = widths.map((width, i) => (i === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [line(heads), line(rule), ...rows.map(line)].join("\n");
}

export const showRate = ({ median, min, max }) =>
  `${thousands(median)} (${thousands(min)}–${thousands(max)})`;
export const showRatio = ({ median, min, max }) => `${digits(median)} (${digits(min)}–${digits(max)})`;

const thousands = (rate) => (rate / 1000).toFixed(rate < 100_000 ? 1 : 0);
const digits = (ratio) => ratio.toFixed(ratio < 10 ? 1 : 0);
