import { parseRuleArn } from "../../../core/arn.ts";
import type { DeliveryRecord } from "../../../local/eventbridge/delivery/record.ts";
import type { View } from "../../../shell/play.ts";
import type { Screen } from "../../../shell/screen.ts";
import { renderTable } from "../../../shell/table.ts";
import type { DeliveriesHappening } from "./run.ts";

const header = ["time", "bus", "rule", "target", "status", "attempts", "event", "reason"];

/** `--json`: one record a line. */
export const deliveriesView =
  (screen: Screen): View<DeliveriesHappening> =>
  ({ records }) => {
    const err = screen.quiet
      ? undefined
      : `evb: ${records.length} ${records.length === 1 ? "delivery" : "deliveries"}`;
    if (records.length === 0) return { err };
    return {
      out: screen.json
        ? records.map((record) => JSON.stringify(record)).join("\n")
        : renderTable(screen, header, records.map(cells)),
      err,
    };
  };

function cells(record: DeliveryRecord): string[] {
  const { bus, rule } = parseRuleArn(record.ruleArn)!;
  return [
    new Date(record.at).toISOString(),
    bus,
    rule,
    record.targetId,
    record.status,
    String(record.attempts),
    record.eventId,
    [record.errorCode, record.reason].filter((text) => text !== undefined).join(": "),
  ];
}
