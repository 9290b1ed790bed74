import type { View } from "../../../shell/play.ts";
import type { TestHappening } from "../happening.ts";

/** One object a line: a test each, then coverage, then the summary. */
export function jsonReport(): View<TestHappening> {
  return (happening) => {
    switch (happening.kind) {
      case "test": {
        const { path, line, name, events, failures } = happening;
        const status = failures.length === 0 ? "passed" : "failed";
        return {
          out: JSON.stringify({
            type: "test",
            path,
            line,
            name,
            status,
            events,
            ...(failures.length > 0 && { failures }),
          }),
        };
      }
      case "coverage": {
        const { kind, ...coverage } = happening;
        return { out: JSON.stringify({ type: kind, ...coverage }) };
      }
      case "summary": {
        const { kind, ms: _, ...summary } = happening;
        return { out: JSON.stringify({ type: kind, ...summary }) };
      }
      default:
        return undefined;
    }
  };
}
