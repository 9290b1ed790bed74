/** Reads what people deploy into a `BusModel`. Heavy, because of YAML: load it late. */
export type { SourceFile } from "./document.ts";
export { demandFaultless, type Fault, renderFault } from "./fault.ts";
export { inOrder, readSource } from "./read.ts";
