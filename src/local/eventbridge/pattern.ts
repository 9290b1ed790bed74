import { compilePattern, type Pattern, PatternError } from "../../core/pattern/index.ts";
import { ServiceFault } from "../fault.ts";

/** A pattern ready to match; throws what AWS throws for one that it refuses. */
export function readPattern(text: string): Pattern {
  try {
    return compilePattern(text);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw new ServiceFault(
      "InvalidEventPatternException",
      `Event pattern is not valid. Reason: ${error.awsMessage}`,
    );
  }
}
