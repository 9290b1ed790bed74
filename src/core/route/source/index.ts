/** Reads what people deploy into a `BusModel`. Heavy, because of YAML: load it late. */
export type { SourceFile } from "./document.ts";
export { demandFaultless, renderFault } from "./fault.ts";
export { readSource } from "./read.ts";
