import {
  CreateEventBusCommand,
  EventBridgeClient,
  ListEventBusesCommand,
  ListRulesCommand,
  PutEventsCommand,
} from "@aws-sdk/client-eventbridge";
import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { type Local, type LocalOptions, startLocal } from "../../../src/local/start.ts";
import {
  makeWorld,
  type Outcome,
  runIn,
  seededRandom,
  type TestWorld,
  type TestWorldOptions,
} from "../../world.ts";

/** An emulator with a bus, and what a test does beside a tail. */
export interface Bench extends AsyncDisposable {
  readonly local: Local;
  readonly events: EventBridgeClient;
  readonly sqs: SQSClient;
  /** Puts one event on the bus `orders`; gives its id. */
  put(detail: object, fields?: { source?: string; type?: string; bus?: string }): Promise<string>;
  /** Names of all rules and queues that there are. */
  remains(): Promise<{ rules: string[]; queues: string[] }>;
  /** `evb … --local` in a world of its own, under way. */
  start(argv: readonly string[], options?: TestWorldOptions & { url?: string }): Running;
}

export interface Running {
  readonly world: TestWorld;
  readonly outcome: Promise<Outcome>;
  /** Resolves once stderr (or stdout) has the text; rejects when the command ends before. */
  saw(text: string, stream?: "err" | "out"): Promise<void>;
}

export async function openBench(options: LocalOptions = {}): Promise<Bench> {
  const local = await startLocal(options);
  const settings = {
    endpoint: local.url,
    region: local.region,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  };
  const events = new EventBridgeClient(settings);
  const sqs = new SQSClient({ ...settings, useQueueUrlAsEndpoint: false });
  await events.send(new CreateEventBusCommand({ Name: "orders" }));
  // Each run another name, as in life: SQS refuses a name that was in use a minute ago.
  let seed = 0;
  return {
    local,
    events,
    sqs,
    put: async (detail, { source = "shop", type = "OrderPlaced", bus = "orders" } = {}) => {
      const entry = { EventBusName: bus, Source: source, DetailType: type, Detail: JSON.stringify(detail) };
      const { Entries } = await events.send(new PutEventsCommand({ Entries: [entry] }));
      return Entries![0]!.EventId!;
    },
    remains: async () => {
      const { EventBuses = [] } = await events.send(new ListEventBusesCommand({}));
      const lists = EventBuses.map(({ Name }) => events.send(new ListRulesCommand({ EventBusName: Name })));
      const rules = (await Promise.all(lists)).flatMap(({ Rules = [] }) => Rules.map(({ Name }) => Name!));
      const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
      return { rules, queues: QueueUrls.map((url) => url.split("/").at(-1)!) };
    },
    start: (argv, { url = local.url, ...rest } = {}) => {
      const world = makeWorld([...argv, "--local"], {
        random: seededRandom(++seed),
        ...rest,
        env: { EVB_LOCAL_URL: url, USER: "ana", ...rest.env },
      });
      const outcome = runIn(world);
      return { world, outcome, saw: (text, stream = "err") => sawText(world, outcome, text, stream) };
    },
    async [Symbol.asyncDispose]() {
      events.destroy();
      sqs.destroy();
      await local.close();
    },
  };
}

async function sawText(world: TestWorld, outcome: Promise<Outcome>, text: string, stream: "err" | "out") {
  let ended = false;
  void outcome.finally(() => {
    ended = true;
  });
  while (!world[stream]().includes(text)) {
    if (ended) throw new Error(`ended without "${text}":\n${world.out()}\n${world.err()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
