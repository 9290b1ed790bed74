import { partnerLimits as limits } from "../../../core/limits.ts";
import { text } from "./shape.ts";

export const sourceName = text({
  min: 1,
  max: limits.nameChars,
  pattern: String.raw`aws\.partner(/[\.\-_A-Za-z0-9]+){2,}`,
});
export const sourcePrefix = text({ min: 1, max: limits.nameChars, pattern: String.raw`[/\.\-_A-Za-z0-9]+` });
export const customer = text({ min: 12, max: 12, pattern: String.raw`\d{12}` });
