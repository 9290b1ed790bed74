import type { Graph, NodeKind } from "./graph.ts";
import { type Box, boxHeight, type Layout, type Line, layOut } from "./layout.ts";

const fills: Readonly<Record<NodeKind, readonly [fill: string, stroke: string]>> = {
  bus: ["#e7e0f7", "#5b3fa8"],
  rule: ["#ffffff", "#444444"],
  target: ["#e2f0e6", "#2f7d46"],
  dead: ["#fbe3e0", "#b3392b"],
};

/** A picture that needs nothing but itself. */
export function renderSvg(graph: Graph, title: string): string {
  const layout = layOut(graph);
  const { width, height } = size(layout);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="Helvetica, Arial, sans-serif">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    "<defs>",
    arrow("arrow", "#444444"),
    arrow("arrow-dead", "#b3392b"),
    "</defs>",
    ...layout.lines.map(lineText),
    ...layout.boxes.map(boxText),
    "</svg>",
  ].join("\n");
}

/** Room below for lines that lead back. */
const size = ({ width, height, lines }: Layout) => ({
  width: Math.ceil(width),
  height: Math.ceil(height + (lines.some(isBack) ? 50 : 0)),
});

const isBack = ({ from, to }: Line): boolean => to.x <= from.x;

const arrow = (id: string, fill: string): string =>
  `<marker id="${id}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0 8 4 0 8z" fill="${fill}"/></marker>`;

function boxText({ node, x, y, width }: Box): string {
  const [fill, stroke] = fills[node.kind];
  const dash = node.isOff ? ' stroke-dasharray="4 3"' : "";
  const ink = node.isOff ? "#777777" : "#1a1a1a";
  const middle = x + width / 2;
  return [
    `<g class="${node.kind}"><rect x="${x}" y="${y}" width="${width}" height="${boxHeight}" rx="${node.kind === "bus" ? 18 : 4}" fill="${fill}" stroke="${stroke}"${dash}/>`,
    `<text x="${middle}" y="${y + 17}" text-anchor="middle" font-size="12" fill="${ink}">${escapeXml(node.label)}</text>`,
    `<text x="${middle}" y="${y + 31}" text-anchor="middle" font-size="10" fill="#555555">${escapeXml(node.note ?? "")}</text></g>`,
  ].join("");
}

function lineText(line: Line): string {
  const { edge, from, to } = line;
  const [color, mark] = edge.isDead ? ["#b3392b", "arrow-dead"] : ["#444444", "arrow"];
  const [x1, y1] = [from.x + from.width, from.y + boxHeight / 2];
  const [x2, y2] = [to.x, to.y + boxHeight / 2];
  // What leads back goes round below both.
  const low = Math.max(from.y, to.y) + boxHeight + 40;
  const d = isBack(line)
    ? `M${x1} ${y1}C${x1 + 60} ${low} ${x2 - 60} ${low} ${x2} ${y2}`
    : `M${x1} ${y1}C${x1 + 50} ${y1} ${x2 - 50} ${y2} ${x2} ${y2}`;
  const path = `<path d="${d}" fill="none" stroke="${color}"${edge.isDead ? ' stroke-dasharray="5 4"' : ""} marker-end="url(#${mark})"/>`;
  const text = edge.isDead ? undefined : edge.label;
  if (text === undefined) return path;
  const at = isBack(line) ? [(x1 + x2) / 2, low - 12] : [(x1 + x2) / 2, (y1 + y2) / 2 - 5];
  return `${path}<text x="${at[0]}" y="${at[1]}" text-anchor="middle" font-size="10" fill="#555555">${escapeXml(text)}</text>`;
}

/** Control characters have no form in XML at all. */
export const escapeXml = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
