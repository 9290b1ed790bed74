import { type Home, parseArn } from "../arn.ts";
import type { BusModel } from "./bus.ts";

/**
 * The model at another place: ARNs in the account and region of its own buses and queues are moved along, those of
 * others stay. What a pattern asks of an account or a region stays as well.
 */
export function rehome(model: BusModel, to: Home): BusModel {
  const arns = [...model.buses, ...model.queues]
    .map(({ arn }) => parseArn(arn))
    .filter((arn) => arn !== undefined);
  const moved = (text: string): string =>
    arns.reduce(
      (moved, { partition, region, account }) =>
        moved.replace(
          new RegExp(`arn:${partition}:(\\w+):${region}:${account}:`, "g"),
          `arn:${to.partition}:$1:${to.region}:${to.account}:`,
        ),
      text,
    );
  return JSON.parse(JSON.stringify(model), (key, value: unknown) =>
    typeof value === "string" && key !== "pattern" ? moved(value) : value,
  );
}
