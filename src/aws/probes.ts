import {
  DescribeEventBusCommand,
  type EventBridgeClient,
  ListArchivesCommand,
  ListEventBusesCommand,
  ListReplaysCommand,
  ListRulesCommand,
  TestEventPatternCommand,
} from "@aws-sdk/client-eventbridge";
import type { SchemasClient } from "@aws-sdk/client-schemas";
import { ListQueuesCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { listRegistries } from "./schemas.ts";

export interface ProbeClients {
  events(): Promise<EventBridgeClient>;
  sqs(): Promise<SQSClient>;
  schemas(): Promise<SchemasClient>;
}

/** A call that changes nothing and asks for as little as it can. */
export interface Probe {
  /** The IAM action that it shows to be allowed. */
  readonly action: string;
  /** Verbs that need it. */
  readonly verbs: string;
  ask(clients: ProbeClients, bus: string): Promise<unknown>;
}

const event = JSON.stringify({
  ...{ id: "0", account: "0", source: "a", time: "2026-01-01T00:00:00Z", region: "a" },
  ...{ "detail-type": "a", resources: [], detail: {} },
});

export const probes: readonly Probe[] = [
  {
    action: "events:DescribeEventBus",
    verbs: "put, tail, route",
    ask: async ({ events }, Name) => (await events()).send(new DescribeEventBusCommand({ Name })),
  },
  {
    action: "events:ListRules",
    verbs: "route, test, dlq ls, tail --rule",
    ask: async ({ events }, EventBusName) =>
      (await events()).send(new ListRulesCommand({ EventBusName, Limit: 1 })),
  },
  {
    action: "events:ListEventBuses",
    verbs: "gc, dlq ls --all, completion",
    ask: async ({ events }) => (await events()).send(new ListEventBusesCommand({ Limit: 1 })),
  },
  {
    action: "events:TestEventPattern",
    verbs: "test-pattern --remote",
    ask: async ({ events }) =>
      (await events()).send(new TestEventPatternCommand({ EventPattern: '{"source":["a"]}', Event: event })),
  },
  {
    action: "events:ListArchives",
    verbs: "replay",
    ask: async ({ events }) => (await events()).send(new ListArchivesCommand({ Limit: 1 })),
  },
  {
    action: "events:ListReplays",
    verbs: "replay ls",
    ask: async ({ events }) => (await events()).send(new ListReplaysCommand({ Limit: 1 })),
  },
  {
    action: "sqs:ListQueues",
    verbs: "tail, gc, completion",
    ask: async ({ sqs }) => (await sqs()).send(new ListQueuesCommand({ MaxResults: 1 })),
  },
  {
    action: "schemas:ListRegistries",
    verbs: "schema",
    ask: async ({ schemas }) => listRegistries(await schemas()),
  },
];

/** What cannot be tried without doing it. */
export const unprobed: readonly { readonly verbs: string; readonly actions: readonly string[] }[] = [
  { verbs: "put, replay --paced", actions: ["events:PutEvents"] },
  {
    verbs: "tail, test --live, replay --paced",
    actions: [
      ...[
        "events:PutRule",
        "events:PutTargets",
        "events:RemoveTargets",
        "events:DeleteRule",
        "events:TagResource",
      ],
      ...["sqs:CreateQueue", "sqs:TagQueue", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:DeleteQueue"],
    ],
  },
  {
    verbs: "dlq",
    actions: [
      "sqs:GetQueueUrl",
      "sqs:GetQueueAttributes",
      "sqs:ReceiveMessage",
      "sqs:DeleteMessage",
      "sqs:SendMessage",
    ],
  },
  { verbs: "replay", actions: ["events:StartReplay", "events:CancelReplay"] },
];
