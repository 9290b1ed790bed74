import * as sdk from "@aws-sdk/client-eventbridge";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Emulator, openEmulator, refusal } from "./emulator.ts";

const {
  ActivateEventSourceCommand,
  CreateEventBusCommand,
  CreatePartnerEventSourceCommand,
  DeactivateEventSourceCommand,
  DeleteEventBusCommand,
  DeletePartnerEventSourceCommand,
  DescribeEventSourceCommand,
  DescribePartnerEventSourceCommand,
  ListEventSourcesCommand,
  ListPartnerEventSourceAccountsCommand,
  ListPartnerEventSourcesCommand,
  PutPartnerEventsCommand,
} = sdk;

let aws: Emulator;
beforeEach(async () => {
  aws = await openEmulator();
});
afterEach(() => aws[Symbol.asyncDispose]());

const Name = "aws.partner/example.com/shop";
const Account = "000000000000";
const publish = (more: object = {}) =>
  aws.events.send(
    new PutPartnerEventsCommand({ Entries: [{ Source: Name, DetailType: "Order", Detail: "{}", ...more }] }),
  );
const state = async () => (await aws.events.send(new DescribeEventSourceCommand({ Name }))).State;

describe("partner event sources", () => {
  it("are made by the partner, associated by the customer, and bring events to the bus of their name", async () => {
    const { EventSourceArn } = await aws.events.send(new CreatePartnerEventSourceCommand({ Name, Account }));
    expect(EventSourceArn).toBe(`arn:aws:events:us-east-1::event-source/${Name}`);
    expect(await state()).toBe("PENDING");
    await aws.events.send(new CreateEventBusCommand({ Name, EventSourceName: Name }));
    expect(await state()).toBe("ACTIVE");
    const { url, arn } = await aws.queue("q");
    await aws.rule("r", { source: [{ prefix: "aws.partner/" }] }, [{ Arn: arn }], Name);
    expect(await publish()).toMatchObject({
      FailedEntryCount: 0,
      Entries: [{ EventId: expect.any(String) }],
    });
    expect(await aws.bodies(url)).toMatchObject([{ source: Name, "detail-type": "Order" }]);
    await aws.events.send(new DeactivateEventSourceCommand({ Name }));
    await publish();
    expect(await aws.bodies(url)).toEqual([]);
    expect(aws.log.join()).toContain(`event source ${Name} is not active`);
    await aws.events.send(new ActivateEventSourceCommand({ Name }));
    await publish();
    expect(await aws.bodies(url)).toHaveLength(1);
  });

  it("are described and listed to both sides", async () => {
    await aws.events.send(new CreatePartnerEventSourceCommand({ Name, Account }));
    await aws.events.send(
      new CreatePartnerEventSourceCommand({ Name: "aws.partner/other.org/x", Account: "123456789012" }),
    );
    const partner = await aws.events.send(new DescribePartnerEventSourceCommand({ Name }));
    expect(partner.Name).toBe(Name);
    const all = await aws.events.send(new ListPartnerEventSourcesCommand({ NamePrefix: "aws.partner" }));
    expect(all.PartnerEventSources).toHaveLength(2);
    const own = await aws.events.send(new ListEventSourcesCommand({}));
    expect(own.EventSources).toMatchObject([{ Name, CreatedBy: "example.com", State: "PENDING" }]);
    const accounts = await aws.events.send(
      new ListPartnerEventSourceAccountsCommand({ EventSourceName: Name }),
    );
    expect(accounts.PartnerEventSourceAccounts).toMatchObject([{ Account, State: "PENDING" }]);
  });

  it("expire after two weeks without a bus, and wait again when their bus is gone", async () => {
    await aws.events.send(new CreatePartnerEventSourceCommand({ Name, Account }));
    await aws.events.send(new CreateEventBusCommand({ Name, EventSourceName: Name }));
    await aws.clock.advance(15 * 86_400_000);
    expect(await state()).toBe("ACTIVE");
    await aws.events.send(new DeleteEventBusCommand({ Name }));
    expect(await state()).toBe("DELETED");
    await aws.events.send(new DeletePartnerEventSourceCommand({ Name, Account }));
    await aws.events.send(new DeletePartnerEventSourceCommand({ Name, Account }));
    expect(await refusal(state())).toBe(`ResourceNotFoundException: Event source ${Name} does not exist.`);
  });

  it("refuse what cannot be", async () => {
    await aws.events.send(new CreatePartnerEventSourceCommand({ Name, Account }));
    expect(await refusal(aws.events.send(new CreatePartnerEventSourceCommand({ Name, Account })))).toContain(
      "ResourceAlreadyExistsException",
    );
    expect(await refusal(aws.events.send(new ActivateEventSourceCommand({ Name })))).toContain(
      "InvalidStateException",
    );
    const bus = (name: string, EventSourceName: string) =>
      refusal(aws.events.send(new CreateEventBusCommand({ Name: name, EventSourceName })));
    expect(await bus("other", Name)).toContain("must be that of its event source");
    expect(await bus("aws.partner/a/b", "aws.partner/a/b")).toContain("ResourceNotFoundException");
    expect(
      await refusal(aws.events.send(new CreatePartnerEventSourceCommand({ Name: "shop", Account }))),
    ).toContain("ValidationException");
    expect((await publish({ Source: "aws.partner/no/such" })).Entries![0]!.ErrorCode).toBe(
      "ResourceNotFoundException",
    );
    expect((await publish({ Detail: "no" })).Entries![0]!.ErrorCode).toBe("MalformedDetail");
  });
});

it("every operation of the SDK's client is emulated", () => {
  const all = Object.keys(sdk)
    .filter((name) => name.endsWith("Command") && name !== "$Command")
    .map((name) => name.slice(0, -"Command".length));
  expect(all.length).toBeGreaterThan(50);
  expect(all.filter((name) => !aws.local.operations.has(name))).toEqual([]);
});
