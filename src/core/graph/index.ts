/** Buses as pictures: each form is a function from a graph to a text. */
export { renderDot } from "./dot.ts";
export { type Graph, graphOf } from "./graph.ts";
export { renderHtml } from "./html.ts";
export { renderMermaid } from "./mermaid.ts";
export { renderSvg } from "./svg.ts";
