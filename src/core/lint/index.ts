/** What is wrong with buses, before or after they are deployed. A new check is a file in `checks/` and a line there. */
export { checkIds, checks } from "./checks/index.ts";
export { type Finding, type Severity, severities } from "./finding.ts";
export { lint } from "./lint.ts";
export { renderSarif } from "./sarif.ts";
export { descriptionSwitch, type Switch, switchOf } from "./switch.ts";
