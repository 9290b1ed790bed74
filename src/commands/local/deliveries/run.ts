import { parseRuleArn } from "../../../core/arn.ts";
import { EvbError } from "../../../core/errors.ts";
import { Exit } from "../../../core/exit.ts";
import type { DeliveryRecord } from "../../../local/eventbridge/delivery/record.ts";
import { deliveriesPath } from "../../../local/inspect.ts";
import { settingsOf } from "../../connect.ts";
import type { Stage } from "../../stage.ts";

export interface DeliveriesOptions {
  readonly rule: string | undefined;
  readonly target: string | undefined;
  readonly event: string | undefined;
  readonly status: readonly DeliveryRecord["status"][];
  /** Only the last so many. */
  readonly max: number | undefined;
}

export interface DeliveriesHappening {
  readonly records: readonly DeliveryRecord[];
}

/** Asks the emulator that `--local` means what came of its last deliveries. */
export async function* runDeliveries(
  options: DeliveriesOptions,
  { world, global }: Stage,
): AsyncGenerator<DeliveriesHappening, number> {
  const { endpoints } = settingsOf(world, {
    ...global,
    local: true,
    endpointUrl: undefined,
    profile: undefined,
  });
  const records = (await ask(endpoints.events!)).filter((record) => isWanted(record, options));
  yield { records: options.max === undefined ? records : records.slice(-options.max) };
  return Exit.done;
}

async function ask(url: string): Promise<readonly DeliveryRecord[]> {
  const hints = ["start it with evb local; EVB_LOCAL_URL names one that listens elsewhere"];
  const answer = await fetch(new URL(deliveriesPath, url)).catch((error: unknown) => {
    throw new EvbError("LOCAL_FAILED", `no emulator answers at ${url}`, hints, error);
  });
  const body = (await answer.json().catch(() => ({}))) as { deliveries?: readonly DeliveryRecord[] };
  if (!Array.isArray(body.deliveries))
    throw new EvbError("LOCAL_FAILED", `what answers at ${url} is no evb local`, hints);
  return body.deliveries;
}

function isWanted(record: DeliveryRecord, { rule, target, event, status }: DeliveriesOptions): boolean {
  return (
    (rule === undefined || rule === record.ruleArn || parseRuleArn(record.ruleArn)?.rule === rule) &&
    (target === undefined || target === record.targetId || target === record.targetArn) &&
    (event === undefined || event === record.eventId) &&
    (status.length === 0 || status.includes(record.status))
  );
}
