import { windableClock } from "../../local/clock.ts";
import { openEventBridgeService } from "../../local/eventbridge/service.ts";
import type { Call, Service, Site } from "../../local/ports.ts";
import { openSqsService } from "../../local/sqs/service.ts";

/** An emulator without a server, whose time stands still. Calls reject with the service's refusal. */
export interface Scratch {
  readonly events: (operation: string, input: object) => Promise<unknown>;
  readonly sqs: (operation: string, input: object) => Promise<unknown>;
}

export function openScratch({
  region,
  account,
  partition,
}: Pick<Site, "region" | "account" | "partition">): Scratch {
  const site: Site = {
    ...{ region, account, partition },
    clock: windableClock(0),
    random: () => 0.5,
    url: "http://localhost",
    log: () => {},
  };
  const sqs = openSqsService(site, { lenient: true });
  const noTopics = { has: () => false, publish: () => {} };
  const events = openEventBridgeService(site, sqs, noTopics);
  return { events: callerOf(events), sqs: callerOf(sqs) };
}

const call: Call = { requestId: "", headers: {}, hungUp: new AbortController().signal };

const callerOf = (service: Service) => async (operation: string, input: object) =>
  service.actions.get(operation)!(input as never, call);
