import { readFileSync } from "node:fs";
import { join } from "node:path";
import { arnOf, event, failure, type Lab, openLab } from "./lab.ts";

export const toTarget = (queue: string, dlq: string, input: object = {}) => ({
  Id: queue.replace(".", "-"),
  Arn: arnOf(queue),
  DeadLetterConfig: { Arn: arnOf(dlq) },
  ...input,
});

/** A bus whose rule `bill` feeds `billing` and `audit`, and the dead-letter queue of both. */
export async function openShop(input: object = {}): Promise<Lab> {
  const lab = await openLab();
  for (const queue of ["billing", "audit", "dlq"]) await lab.queue(queue);
  await lab.allow("dlq");
  await lab.rule("shop", "bill", "shop", [toTarget("billing", "dlq", input), toTarget("audit", "dlq")]);
  return lab;
}

export const letter = (
  lab: Lab,
  id: string,
  { code = "NO_PERMISSIONS", target = "billing", body = event(id) } = {},
) => lab.send("dlq", body, failure("shop/bill", arnOf(target), code));

export const journalOf = (lab: Lab) =>
  readFileSync(join(lab.home, "state/evb/redrive/000000000000-us-east-1-dlq.ndjson"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
