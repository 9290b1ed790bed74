import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { SQSClient } from "@aws-sdk/client-sqs";
import { describeBus, listRules, listTargets, type Rule, type Target } from "../../aws/rules.ts";
import { busNameOf, parseArn, parseRuleArn, renderArn } from "../../core/arn.ts";
import { EvbError } from "../../core/errors.ts";
import { compilePattern, type Pattern, PatternError } from "../../core/pattern/index.ts";
import type { BusFact, BusRule, Fact, Facts, Need, QueueFact, RuleTarget } from "../../core/redrive/facts.ts";
import { awsFault } from "../aws-fault.ts";
import type { Connection } from "../connect.ts";
import { findQueue } from "./queue.ts";

/** Looks things up on AWS, each once. */
export class FactFinder implements Facts {
  readonly #connection: Connection;
  readonly #known = new Map<string, Fact<unknown>>();
  readonly #asked = new Map<string, Promise<void>>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  targets = (ruleArn: string) => this.#known.get(`targets ${ruleArn}`) as Fact<RuleTarget[]> | undefined;
  bus = (bus: string) => this.#known.get(`bus ${bus}`) as Fact<BusFact> | undefined;
  queue = (queue: string) => this.#known.get(`queue ${queue}`) as Fact<QueueFact> | undefined;
  functions = (queueArn: string) => this.#known.get(`functions ${queueArn}`) as Fact<string[]> | undefined;

  /** Finds out what a decision asks for. */
  find(need: Need): Promise<void> {
    const about = subjectOf(need);
    const key = `${need.need} ${about}`;
    let asked = this.#asked.get(key);
    if (asked === undefined) {
      asked = this.#look(need, about).then((fact) => void this.#known.set(key, fact));
      this.#asked.set(key, asked);
    }
    return asked;
  }

  async #look({ need }: Need, about: string): Promise<Fact<unknown>> {
    try {
      if (need === "queue") return await findQueueFact(await this.#connection.sqs(), about);
      if (need === "functions") return await findFunctions(this.#connection, about);
      const events = await this.#connection.events();
      const region = await events.config.region();
      const arn = parseArn(about);
      if (arn !== undefined && arn.region !== region)
        return { state: "denied", why: `it is in ${arn.region}, and this run works in ${region}` };
      return need === "bus" ? await findBusFact(events, about) : await findTargets(events, about);
    } catch (error) {
      const fault = awsFault(error);
      if (fault?.code !== "ACCESS_DENIED" && !(fault instanceof EvbError && fault.code === "AWS_REFUSED"))
        throw error;
      return { state: "denied", why: brief(fault.message) };
    }
  }
}

/** It becomes a part of a message's reason, and some services answer at length. */
const brief = (text: string): string => (text.length > 300 ? `${text.slice(0, 300)}…` : text);

function subjectOf(need: Need): string {
  switch (need.need) {
    case "targets":
      return need.ruleArn;
    case "bus":
      return need.bus;
    case "queue":
      return need.queue;
    case "functions":
      return need.queueArn;
  }
}

async function findFunctions(connection: Connection, queueArn: string): Promise<Fact<string[]>> {
  const { findFunctionsByDeadLetters } = await import("../../aws/functions.ts");
  return { state: "found", value: await findFunctionsByDeadLetters(await connection.lambda(), queueArn) };
}

async function findQueueFact(sqs: SQSClient, ref: string): Promise<Fact<QueueFact>> {
  const queue = await findQueue(sqs, ref);
  if (queue === undefined) return { state: "missing" };
  if (queue === "unreadable") return { state: "denied", why: "that is no queue's name, URL or ARN" };
  if ("otherRegion" in queue)
    return { state: "denied", why: `it is in ${queue.otherRegion}, and this run works in ${queue.region}` };
  const { arn, url, deadLetterArn, maxBytes } = queue;
  return { state: "found", value: { arn, url, deadLetterArn, maxBytes } };
}

async function findBusFact(events: EventBridgeClient, bus: string): Promise<Fact<BusFact>> {
  const found = await describeBus(events, bus);
  if (found?.Arn === undefined) return { state: "missing" };
  return {
    state: "found",
    value: { arn: found.Arn, name: busNameOf(found.Arn), rules: await findRules(events, bus) },
  };
}

/** Rules are only for the warning which of them will fire, so a caller who may not list them gets none. */
async function findRules(events: EventBridgeClient, bus: string): Promise<BusRule[] | undefined> {
  const rules: BusRule[] = [];
  try {
    for await (const rule of listRules(events, bus))
      if (rule.EventPattern !== undefined && rule.State !== "DISABLED") rules.push(busRule(rule));
    return rules;
  } catch (error) {
    if (awsFault(error)?.code === "ACCESS_DENIED") return undefined;
    throw error;
  }
}

function busRule({ Name = "", EventPattern = "{}" }: Rule): BusRule {
  const pattern = compile(EventPattern);
  const encoder = new TextEncoder();
  return { name: Name, matches: (event) => pattern?.matchesJson(encoder.encode(event)) ?? true };
}

/** A deployed pattern that is not understood here counts as one that matches: better a warning too many. */
function compile(pattern: string): Pattern | undefined {
  try {
    return compilePattern(pattern);
  } catch (error) {
    if (error instanceof PatternError) return undefined;
    throw error;
  }
}

async function findTargets(events: EventBridgeClient, ruleArn: string): Promise<Fact<RuleTarget[]>> {
  const { arn, bus, rule } = parseRuleArn(ruleArn)!;
  const targets = await listTargets(events, renderArn(arn, "events", `event-bus/${bus}`), rule);
  if (targets === undefined) return { state: "missing" };
  return { state: "found", value: targets.map(ruleTarget) };
}

function ruleTarget({ Id = "", DeadLetterConfig, RetryPolicy: _, ...deployed }: Target): RuleTarget {
  const { Arn = "", Input, InputPath, InputTransformer, SqsParameters, KinesisParameters } = deployed;
  return {
    Id,
    Arn,
    Input,
    InputPath,
    InputTransformer,
    groupId: SqsParameters?.MessageGroupId,
    partitionKeyPath: KinesisParameters?.PartitionKeyPath,
    deadLetterArn: DeadLetterConfig?.Arn,
    deployed,
  };
}
