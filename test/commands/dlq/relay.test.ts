import {
  CreateApiDestinationCommand,
  CreateConnectionCommand,
  ListEventBusesCommand,
  type Target,
} from "@aws-sdk/client-eventbridge";
import { ListQueuesCommand } from "@aws-sdk/client-sqs";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Handler, Invocation } from "../../../src/local/eventbridge/options.ts";
import { openSite } from "../../local/eventbridge/site.ts";
import { makeWorld, runEvb, runIn } from "../../world.ts";
import { event, failure, type Lab, openLab } from "./lab.ts";

const firehose = "arn:aws:firehose:us-east-1:000000000000:deliverystream/lake";
const role = "arn:aws:iam::000000000000:role/r";

let site: Awaited<ReturnType<typeof openSite>>;
let lab: Lab;
let seen: { event: unknown; invocation: Invocation }[];
let answer: Handler;
beforeAll(() => {
  process.env.AWS_MAX_ATTEMPTS = "1";
});
beforeEach(async () => {
  seen = [];
  answer = () => {};
  const handler: Handler = (event, invocation) => {
    seen.push({ event, invocation });
    return answer(event, invocation);
  };
  lab = await openLab({ events: { handlers: { firehose: handler, ecs: handler } } });
  await lab.queue("dlq");
  await lab.allow("dlq");
  site = await openSite();
});
afterEach(async () => {
  await lab[Symbol.asyncDispose]();
  await site.close();
});

async function rule(target: Partial<Target> & { Arn: string }, name = "bill"): Promise<void> {
  await lab.rule("shop", name, "shop", [{ Id: "a", RoleArn: role, ...target }]);
}

async function apiDestination(name = "crm"): Promise<string> {
  const { ConnectionArn } = await lab.events.send(
    new CreateConnectionCommand({
      Name: name,
      AuthorizationType: "API_KEY",
      AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: "x-key", ApiKeyValue: "secret" } },
    }),
  );
  const { ApiDestinationArn } = await lab.events.send(
    new CreateApiDestinationCommand({
      Name: name,
      ConnectionArn: ConnectionArn!,
      HttpMethod: "POST",
      InvocationEndpoint: `${site.url}/*/in`,
    }),
  );
  return ApiDestinationArn!;
}

const fromTemporaryQueue = (input: object): boolean =>
  String((input as { QueueUrl?: string }).QueueUrl).includes("evb-redrive-");

const redrive = (...args: string[]) =>
  // A queue's name cannot be had again for a minute, and by the seeded numbers two runs in one second would share it.
  lab.dlq(["redrive", "dlq", "--yes", "--json", "--watch", "100ms", ...args], { random: Math.random });

/** Names of temporary things that are there. */
async function leftovers(): Promise<string[]> {
  const { EventBuses = [] } = await lab.events.send(new ListEventBusesCommand({}));
  const { QueueUrls = [] } = await lab.sqs.send(new ListQueuesCommand({ QueueNamePrefix: "evb-" }));
  return [...EventBuses.map(({ Name }) => Name!), ...QueueUrls].filter((name) =>
    name.includes("evb-redrive-"),
  );
}

describe("what only EventBridge can deliver", () => {
  it("is delivered by a temporary bus, with the target's own settings and the event as it was", async () => {
    const Arn = await apiDestination();
    await rule({
      Arn,
      HttpParameters: { PathParameterValues: ["orders"], HeaderParameters: { "x-shop": "1" } },
      InputTransformer: {
        InputPathsMap: { id: "$.id", time: "$.time" },
        InputTemplate: '{"id": <id>, "time": <time>, "rule": <aws.events.rule-name>}',
      },
    });
    await lab.send("dlq", event("e1"), failure("shop/bill", Arn));
    const { code, lines, err } = await redrive();
    expect(code, err).toBe(0);
    expect(lines()).toMatchObject([
      { status: "redriven", destination: Arn, event: { id: "e1" }, watchedSeconds: 0 },
    ]);
    expect(site.seen).toHaveLength(1);
    expect(site.seen[0]).toMatchObject({ method: "POST", url: "/orders/in" });
    expect(site.seen[0]!.headers).toMatchObject({ "x-shop": "1", "x-key": "secret" });
    expect(JSON.parse(site.seen[0]!.body)).toEqual({
      id: "e1",
      time: "2026-01-02T03:04:05Z",
      rule: "bill",
    });
    expect(await lab.counts("dlq")).toEqual({ visible: 0, hidden: 0 });
    expect(await leftovers()).toEqual([]);
    expect(err).toContain("1 message went through a temporary bus");
  });

  it("may be an event of an AWS service, which nobody else can publish again", async () => {
    await rule({ Arn: firehose });
    const body = event("e1", "aws.s3");
    await lab.send("dlq", body, failure("shop/bill", firehose));
    expect((await redrive()).code).toBe(0);
    expect(seen.map(({ invocation }) => invocation.body)).toEqual([body]);
  });

  it("stays in the queue when it fails again, with the new reason", async () => {
    const Arn = await apiDestination();
    await rule({ Arn });
    for (const id of ["e1", "e2"])
      await lab.send("dlq", event(id, "shop", { n: id === "e1" ? 1 : 2 }), failure("shop/bill", Arn));
    site.answer((call, response) => {
      response.statusCode = JSON.parse(call.body).id === "e1" ? 500 : 200;
      response.end("out of order");
    });
    const { code, lines } = await redrive();
    expect(code).toBe(3);
    expect(
      lines()
        .map(({ event, status, reason }) => [(event as { id: string }).id, status, reason])
        .sort(),
    ).toEqual([
      ["e1", "failed", "ERROR_FROM_TARGET: The endpoint answered 500: out of order"],
      ["e2", "redriven", undefined],
    ]);
    expect((await lab.bodies("dlq")).map((body) => JSON.parse(body).id)).toEqual(["e1"]);
    expect(await leftovers()).toEqual([]);
  });

  it("has a rule for each target on one bus", async () => {
    const ecs = "arn:aws:ecs:us-east-1:000000000000:cluster/c";
    await rule({ Arn: firehose });
    const EcsParameters = { TaskDefinitionArn: "arn:aws:ecs:us-east-1:000000000000:task-definition/t" };
    await rule({ Arn: ecs, EcsParameters }, "run");
    for (let n = 0; n < 13; n++) {
      await lab.send("dlq", event(`f${n}`), failure("shop/bill", firehose));
      await lab.send("dlq", event(`t${n}`), failure("shop/run", ecs));
    }
    lab.local.faults.clear();
    const { code, err } = await redrive();
    expect(code, err).toBe(0);
    const idsOf = (arn: string) =>
      seen
        .filter(({ invocation }) => invocation.targetArn === arn)
        .map(({ event }) => (event as { id: string }).id)
        .sort();
    expect(idsOf(firehose)).toEqual(Array.from({ length: 13 }, (_, n) => `f${n}`).sort());
    expect(idsOf(ecs)).toEqual(Array.from({ length: 13 }, (_, n) => `t${n}`).sort());
    expect([lab.local.faults.calls("CreateEventBus"), lab.local.faults.calls("PutRule")]).toEqual([1, 2]);
  });

  it.each([
    // EventBridge takes the event, and nothing comes of it.
    ["the rule is not in force", [{ operation: "PutRule" }, { operation: "PutTargets" }], 200],
    ["the temporary queue cannot be read", [{ operation: "ReceiveMessage", where: fromTemporaryQueue }], 500],
  ])("is not deleted when no receipt says that its rule took it: %s", async (_, faults, status) => {
    await rule({ Arn: firehose });
    await lab.send("dlq", event("e1"), failure("shop/bill", firehose));
    for (const fault of faults) lab.local.faults.add({ ...fault, kind: "error", status });
    const { code, lines } = await redrive();
    expect(code).toBe(3);
    expect(lines()[0]).toMatchObject({
      status: "failed",
      possiblyDouble: true,
      reason: expect.stringContaining("no receipt came"),
    });
    expect(await lab.counts("dlq")).toEqual({ visible: 1, hidden: 0 });
    lab.local.faults.clear();
    const again = await redrive();
    expect(again.lines()[0]).toMatchObject({ status: "redriven", possiblyDouble: true });
  });

  it("arrives once when only the answer of PutEvents is lost: the receipt tells", async () => {
    await rule({ Arn: firehose });
    await lab.send("dlq", event("e1"), failure("shop/bill", firehose));
    lab.local.faults.add({ operation: "PutEvents", kind: "lose-answer" });
    const { code, lines } = await redrive();
    expect(code).toBe(0);
    expect(lines()[0]).toMatchObject({ status: "redriven" });
    expect(lines()[0]).not.toHaveProperty("possiblyDouble");
    expect(seen).toHaveLength(1);
  });

  it.each([
    ["CreateEventBus", "events:CreateEventBus"],
    ["CreateQueue", "sqs:CreateQueue"],
    ["PutRule", "events:PutRule"],
    ["PutTargets", "events:PutTargets"],
  ])("stays where it is when %s is denied, and nothing is left behind", async (operation, action) => {
    await rule({ Arn: firehose });
    await lab.send("dlq", event("e1"), failure("shop/bill", firehose));
    lab.local.faults.add({ operation, kind: "error", status: 400, code: "AccessDeniedException" });
    const { code, lines } = await redrive();
    expect(code).toBe(3);
    expect(lines()[0]).toMatchObject({
      status: "failed",
      reason: expect.stringMatching(new RegExp(`no temporary bus could be made.*the caller needs ${action}`)),
    });
    expect(lines()[0]).not.toHaveProperty("possiblyDouble");
    expect(await leftovers()).toEqual([]);
  });

  it("is planned as what it is", async () => {
    const Arn = await apiDestination();
    await rule({ Arn });
    await lab.send("dlq", event("e1"), failure("shop/bill", Arn));
    const { out } = await lab.dlq(["redrive", "dlq", "--dry-run"]);
    expect(out).toMatch(
      /1 +bill +crm +NO_PERMISSIONS +planned +API destination crm, through a temporary bus/,
    );
    expect(await leftovers()).toEqual([]);
  });

  it("is skipped when the rule's input is no JSON", async () => {
    await rule({ Arn: firehose, InputTransformer: { InputTemplate: '"one"\n"two"' } });
    await lab.send("dlq", event("e1"), failure("shop/bill", firehose));
    const { lines } = await redrive();
    expect(lines()[0]).toMatchObject({
      status: "skipped",
      reason: expect.stringContaining("that only with JSON: the rule's input is none"),
    });
  });

  it("leaves what evb gc removes when the run is ended at once", async () => {
    await rule({ Arn: firehose });
    await lab.send("dlq", event("e1"), failure("shop/bill", firehose));
    const world = makeWorld(["dlq", "redrive", "dlq", "--yes", "--watch", "1m"], lab.world());
    answer = () => {
      world.signal();
      world.signal();
    };
    const { code, err } = await runIn(world);
    expect(code).toBe(130);
    const name = /left behind: event bus and queue (evb-redrive-\S+)/.exec(err)?.[1];
    expect(name, err).toBeDefined();
    expect(await leftovers()).toHaveLength(2);
    // It is at work, for all that gc can know.
    const gc = (...args: string[]) => runEvb(["gc", ...args, "--yes"], lab.world());
    expect((await gc()).out).toContain("stays: its run is at work");
    expect((await gc(name!)).err).toContain(`${name} removed`);
    expect(await leftovers()).toEqual([]);
  });
});
