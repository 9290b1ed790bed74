/** Reads what people deploy into a `BusModel`. Heavy, because of YAML: load it late. */
export type { SourceFile } from "./document.ts";
export { demandFaultless, type Fault, renderFault, renderPlace } from "./fault.ts";
export { type Reading, readSource, type SourceOptions } from "./read.ts";
export { type SourceKind, takenForms } from "./recognise.ts";
