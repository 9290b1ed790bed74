import { parseRuleArn } from "../../core/arn.ts";
import type { DeliveryRecord } from "../../local/eventbridge/delivery/record.ts";
import type { View } from "../../shell/play.ts";
import type { Screen } from "../../shell/screen.ts";
import type { Fill } from "./apply.ts";
import { countSteps, renderGaps } from "./filled-text.ts";
import type { LocalHappening } from "./run.ts";

/** `--json`: one line once it listens, for scripts that wait for it; all else goes to stderr. */
export function localView(screen: Screen): View<LocalHappening> {
  return (happening) => {
    switch (happening.kind) {
      case "listening": {
        const { url, region, account } = happening;
        if (screen.json) return { out: JSON.stringify({ url, region, account }) };
        if (screen.quiet) return undefined;
        return {
          err: [
            `evb: EventBridge, SQS and Schemas on ${screen.paintErr.bold(url)} (account ${account}, region ${region})`,
            `evb: use it with --local, or with AWS_ENDPOINT_URL=${url}; Ctrl-C ends it`,
          ].join("\n"),
        };
      }
      case "applied":
        return lines(
          ...(screen.quiet
            ? []
            : [`evb: ${countSteps(happening.filled.plan.steps)} from ${sourceOf(happening.file)}`]),
          ...gaps(happening.filled),
        );
      case "gaps":
        return lines(...gaps(happening.filled));
      case "log":
        return screen.quiet ? undefined : { err: `evb: local: ${happening.line}` };
      case "open":
        return {
          err: `evb: warning: it listens on ${happening.host}: whoever reaches this machine can drive it, without credentials`,
        };
      case "body":
        return { out: happening.body };
      case "delivery":
        return { err: `evb: ${renderDelivery(happening.record)}` };
      case "stopped":
        return screen.quiet ? undefined : { err: "evb: the emulator has stopped" };
    }
  };
}

const sourceOf = (file: string): string => (/^\s*[{[]/.test(file) ? "inline JSON" : file);

const lines = (...texts: readonly string[]) => (texts.length === 0 ? undefined : { err: texts.join("\n") });

/** Warnings are no progress: `--quiet` does not hide that something will not work. */
const gaps = ({ warnings, plan, handled = [] }: Fill): string[] =>
  [...warnings, ...renderGaps(plan, handled)].map((line) => `evb: warning: ${line}`);

function renderDelivery(record: DeliveryRecord): string {
  const { bus, rule } = parseRuleArn(record.ruleArn)!;
  const { status, attempts, errorCode, reason } = record;
  const tries = attempts > 1 ? ` after ${attempts} attempts` : "";
  const why = [errorCode, reason].filter((text) => text !== undefined).join(": ");
  return `delivery: ${bus}/${rule} -> ${record.targetId}: ${status}${tries}${why && `, ${why}`} (event ${record.eventId})`;
}
