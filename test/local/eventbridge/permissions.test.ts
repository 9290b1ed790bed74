import {
  DescribeEventBusCommand,
  PutPermissionCommand,
  type PutPermissionCommandInput,
  RemovePermissionCommand,
} from "@aws-sdk/client-eventbridge";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Emulator, openEmulator, refusal } from "./emulator.ts";

let aws: Emulator;
beforeEach(async () => {
  aws = await openEmulator();
});
afterEach(() => aws[Symbol.asyncDispose]());
const put = (input: PutPermissionCommandInput) => aws.events.send(new PutPermissionCommand(input));
const policy = async () => (await aws.events.send(new DescribeEventBusCommand({}))).Policy;
const Resource = "arn:aws:events:us-east-1:000000000000:event-bus/default";

describe("the policy of a bus", () => {
  it("comes back letter for letter", async () => {
    const Policy = `{ "Version":"2012-10-17",\n "Statement": [{"Sid":"a","Effect":"Allow","Principal":"*","Action":"events:PutEvents","Resource":"${Resource}"}] }`;
    await put({ Policy });
    expect(await policy()).toBe(Policy);
  });

  it("gathers statements, of which each id has one", async () => {
    const one = { Action: "events:PutEvents", Principal: "111111111111", StatementId: "one" };
    await put(one);
    await put({
      ...one,
      StatementId: "org",
      Principal: "*",
      Condition: { Type: "StringEquals", Key: "aws:PrincipalOrgID", Value: "o-1" },
    });
    await put({ ...one, Principal: "222222222222" });
    const allow = { Effect: "Allow", Action: "events:PutEvents", Resource };
    expect(JSON.parse((await policy())!)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          ...allow,
          Sid: "org",
          Principal: "*",
          Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
        },
        { ...allow, Sid: "one", Principal: { AWS: "arn:aws:iam::222222222222:root" } },
      ],
    });
  });

  it("loses statements one by one or all at once", async () => {
    for (const StatementId of ["a", "b", "c"])
      await put({ Action: "events:PutEvents", Principal: "111111111111", StatementId });
    const remove = (input: object) => aws.events.send(new RemovePermissionCommand(input));
    await remove({ StatementId: "b" });
    expect(JSON.parse((await policy())!).Statement.map(({ Sid }: { Sid: string }) => Sid)).toEqual([
      "a",
      "c",
    ]);
    expect(await refusal(remove({ StatementId: "b" }))).toBe(
      "ResourceNotFoundException: Statement with the provided id does not exist.",
    );
    await remove({ RemoveAllPermissions: true });
    expect(await policy()).toBeUndefined();
    expect(await refusal(remove({ StatementId: "a" }))).toMatch(/^ResourceNotFoundException/);
    const Policy = `{"Statement":{"Effect":"Allow"}}`;
    await put({ Policy });
    expect(await refusal(remove({}))).toMatch(/^ResourceNotFoundException/);
    expect(await policy()).toBe(Policy);
  });

  it.each(["{", "[]", '{"Statement":null}', '{"Statement":[null]}', '{"Statement":["x"]}'])(
    "is not %s",
    async (Policy) => {
      // AWS says what is wrong; in which words is not known.
      expect(await refusal(put({ Policy }))).toMatch(/^ValidationException: /);
    },
  );

  it("has a longest length", async () => {
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [], Id: "x".repeat(10_240) });
    expect(await refusal(put({ Policy }))).toMatch(/^PolicyLengthExceededException: .*10240/);
  });
});
