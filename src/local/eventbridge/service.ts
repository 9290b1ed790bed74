import type { Action, Queues, Service, Site, Topics } from "../ports.ts";
import { operations } from "./actions/index.ts";
import { openDeliveries } from "./delivery/deliveries.ts";
import type { DeliveryRecord } from "./delivery/record.ts";
import { keeperOf } from "./keeper.ts";
import type { Context, Operation } from "./operation.ts";
import type { EventBridgeOptions } from "./options.ts";
import { openSchedules } from "./schedule/schedules.ts";
import { openStore } from "./store.ts";
import { validate } from "./validation/validate.ts";

export interface EventBridgeService extends Service {
  /** What came of the last deliveries, oldest first: one record each time that a try ended. */
  deliveries(): readonly DeliveryRecord[];
  /** There is a bus of this name or ARN. */
  hasBus(nameOrArn: string): boolean;
  /** Ends retries and schedules, and forgets nothing. */
  stop(): void;
}

/** EventBridge with rules and targets, as AWS JSON 1.1 speaks it. */
export function openEventBridgeService(
  site: Site,
  queues: Queues,
  topics: Topics,
  options: EventBridgeOptions = {},
): EventBridgeService {
  const store = openStore(site);
  const deliveries = openDeliveries({ site, queues, topics, store, options });
  const schedules = openSchedules(site, deliveries);
  const context: Context = { site, queues, store, deliveries, schedules, options };
  return {
    target: "AWSEvents",
    contentType: "application/x-amz-json-1.1",
    errorPrefix: () => "",
    actions: new Map(operations.map((operation) => [operation.name, actionOf(operation, context)])),
    keeper: keeperOf(context),
    deliveries: deliveries.records,
    hasBus: (nameOrArn) => store.find(nameOrArn) !== undefined,
    stop() {
      schedules.clear();
      deliveries.stop();
    },
    reset() {
      schedules.clear();
      deliveries.clear();
      store.clear();
    },
  };
}

const actionOf =
  (operation: Operation, context: Context): Action =>
  (input: object, call) => {
    dropNulls(input);
    validate(operation.input, input);
    return operation.run(context, input as never, call);
  };

/** A null on the wire means the same as nothing. */
function dropNulls(value: object): void {
  const members = value as Record<string, unknown>;
  for (const name in members) {
    const member = members[name];
    if (typeof member !== "object") continue;
    if (member !== null) dropNulls(member);
    else if (!Array.isArray(value)) delete members[name];
  }
}
