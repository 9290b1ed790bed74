import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Local, startLocal } from "../../../src/local/start.ts";

let local: Local;
beforeAll(async () => {
  local = await startLocal();
});
afterAll(() => local.close());

/** What no SDK would send. */
async function call(operation: string, input: unknown) {
  const response = await fetch(local.url, {
    method: "POST",
    headers: { "x-amz-target": `AWSEvents.${operation}`, "content-type": "application/x-amz-json-1.1" },
    body: JSON.stringify(input),
  });
  return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
}
const refused = (type: string, message: string) => ({ status: 400, answer: { __type: type, message } });
const rule = { Name: "r", EventPattern: '{"source":["a"]}' };
const bus = "arn:aws:events:us-east-1:000000000000:event-bus/default";
const replay = {
  ReplayName: "r",
  EventSourceArn: "arn:aws:events:us-east-1:000000000000:archive/a",
  EventStartTime: 0,
  EventEndTime: 1,
  Destination: { Arn: bus },
};

describe("a request", () => {
  it.each([
    ["a number for a text", { Name: 1 }, "NUMBER_VALUE can not be converted to a String"],
    ["a list for a text", { Name: ["r"] }, "Start of list found where not expected"],
    ["an object for a text", { Name: {} }, "Start of structure or map found where not expected."],
  ])("with %s is refused before anything else", async (_, input, message) => {
    expect(await call("DescribeRule", input)).toEqual(refused("SerializationException", message));
  });

  it("with a text for a number or a flag is refused too", async () => {
    const page = await call("ListRules", { Limit: "ten" });
    expect(page).toEqual(
      refused("SerializationException", "STRING_VALUE can not be converted to an Integer"),
    );
    const remove = await call("DeleteRule", { Name: "r", Force: "yes" });
    expect(remove).toEqual(
      refused("SerializationException", "STRING_VALUE can not be converted to a Boolean"),
    );
  });

  it.each([1e18, -1e18, Date.UTC(2026, 0)])("with the time %d is refused too", async (Time) => {
    const Entries = [{ Source: "a", DetailType: "b", Detail: "{}", Time }];
    expect(await call("PutEvents", { Entries })).toEqual(
      refused("SerializationException", `${Time} can not be converted to a Timestamp`),
    );
    expect(await call("StartReplay", { ...replay, EventEndTime: Time })).toMatchObject({ status: 400 });
  });

  it("without what is required says so", async () => {
    expect(await call("PutTargets", { Targets: [{ Id: "a" }] })).toEqual(
      refused(
        "ValidationException",
        "2 validation errors detected: Value null at 'rule' failed to satisfy constraint: Member must not be null; Value null at 'targets.1.member.arn' failed to satisfy constraint: Member must not be null",
      ),
    );
  });

  it("may say null for what it leaves out", async () => {
    expect(await call("PutRule", { ...rule, Description: null, State: null })).toMatchObject({ status: 200 });
    const { answer } = await call("DescribeRule", { Name: "r", EventBusName: null });
    expect(answer).toMatchObject({ State: "ENABLED" });
    expect(answer).not.toHaveProperty("Description");
  });

  it("with a hole in a list is refused, and is no fault of ours", async () => {
    expect(await call("PutEvents", { Entries: [{ Source: "s", Resources: ["r", null] }, null] })).toEqual(
      refused(
        "ValidationException",
        "2 validation errors detected: Value null at 'entries.1.member.resources.2.member' failed to satisfy constraint: Member must not be null; Value null at 'entries.2.member' failed to satisfy constraint: Member must not be null",
      ),
    );
  });

  it("names keys of a map that break their constraint", async () => {
    await call("PutRule", rule);
    const InputTransformer = { InputPathsMap: { "aws.x": "$.id" }, InputTemplate: '"x"' };
    const { answer } = await call("PutTargets", {
      Rule: "r",
      Targets: [{ Id: "a", Arn: "x", InputTransformer }],
    });
    expect(answer.message).toBe(
      String.raw`1 validation error detected: Value '{aws.x=$.id}' at 'targets.1.member.inputTransformer.inputPathsMap' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [A-Za-z0-9\_\-]+]`,
    );
  });

  it("counts characters as code points", async () => {
    const Description = "🙂".repeat(512);
    expect(await call("PutRule", { ...rule, Description })).toMatchObject({ status: 200 });
    expect(await call("PutRule", { ...rule, Description: `${Description}🙂` })).toMatchObject({
      status: 400,
    });
  });

  it.each([
    ["CreateArchive", { ArchiveName: "a", EventSourceArn: bus, Description: "two\nlines" }],
    ["UpdateArchive", { ArchiveName: "a", Description: "two\nlines" }],
    ["StartReplay", { ...replay, Description: "two\nlines" }],
    ["UpdateConnection", { Name: "c", Description: "two\nlines" }],
    ["UpdateApiDestination", { Name: "d", Description: "two\nlines" }],
    ["UpdateEndpoint", { Name: "e", Description: "two\nlines" }],
    ["CreateEventBus", { Name: "b", EventSourceName: "mine" }],
    ["DeleteEventBus", { Name: bus }],
    ["ListArchives", { EventSourceArn: "default" }],
    ["ListReplays", { EventSourceArn: "a" }],
  ])("of %s is refused where a value has not the model's form: %o", async (operation, input) => {
    const { status, answer } = await call(operation, input);
    expect([status, answer.__type]).toEqual([400, "ValidationException"]);
    expect(answer.message).toContain("Member must satisfy regular expression pattern: ");
  });

  it("for connections in a state that there is not is refused", async () => {
    const { answer } = await call("ListConnections", { ConnectionState: "ASLEEP" });
    expect(answer.message).toContain(
      "Value 'ASLEEP' at 'connectionState' failed to satisfy constraint: Member must satisfy enum value set: [CREATING, ",
    );
  });
});
