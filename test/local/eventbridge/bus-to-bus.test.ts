import { CreateEventBusCommand } from "@aws-sdk/client-eventbridge";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Emulator, openEmulator, order } from "./emulator.ts";

const RoleArn = "arn:aws:iam::000000000000:role/r";
const busArn = (name: string) => `arn:aws:events:us-east-1:000000000000:event-bus/${name}`;
let aws: Emulator;
beforeEach(async () => {
  aws = await openEmulator();
  for (const Name of ["second", "third"]) await aws.events.send(new CreateEventBusCommand({ Name }));
});
afterEach(() => aws[Symbol.asyncDispose]());

describe("a bus as target", () => {
  it("gets the event with the id it has", async () => {
    const queue = await aws.queue("q");
    await aws.rule("on", { source: ["shop"] }, [{ Arn: busArn("second"), RoleArn }]);
    await aws.rule("out", { source: ["shop"] }, [{ Arn: queue.arn }], "second");
    const [id] = await aws.put(order);
    expect(await aws.bodies(queue.url)).toMatchObject([{ id, detail: { id: "o-1" } }]);
  });

  it("does not pass it on to a third bus", async () => {
    const [queue, dlq] = [await aws.queue("q"), await aws.queue("dlq")];
    const DeadLetterConfig = { Arn: dlq.arn };
    await aws.rule("on", { source: ["shop"] }, [{ Arn: busArn("second"), RoleArn }]);
    await aws.rule(
      "on",
      { source: ["shop"] },
      [{ Arn: busArn("third"), RoleArn, DeadLetterConfig }],
      "second",
    );
    await aws.rule("out", { source: ["shop"] }, [{ Arn: queue.arn }], "third");
    const [id] = await aws.put(order);
    expect(await aws.drain(queue.url)).toEqual([]);
    const [letter] = await aws.drain(dlq.url);
    expect(letter!.MessageAttributes).toMatchObject({
      ERROR_CODE: { StringValue: "THIRD_ACCOUNT_HOP_DETECTED" },
      ERROR_MESSAGE: { StringValue: expect.stringContaining(`rejected for event ${id} because`) as string },
    });
  });

  it("does not loop when it is its own target", async () => {
    const queue = await aws.queue("q");
    await aws.rule("self", { source: ["shop"] }, [{ Arn: busArn("default"), RoleArn }, { Arn: queue.arn }]);
    await aws.put(order);
    expect(await aws.drain(queue.url)).toHaveLength(2);
  });

  it("that is not there is a missing resource", async () => {
    const dlq = await aws.queue("dlq");
    await aws.rule("on", { source: ["shop"] }, [
      { Arn: busArn("gone"), RoleArn, DeadLetterConfig: { Arn: dlq.arn } },
    ]);
    await aws.put(order);
    expect((await aws.drain(dlq.url))[0]!.MessageAttributes).toMatchObject({
      ERROR_CODE: { StringValue: "NO_RESOURCE" },
    });
  });
});
