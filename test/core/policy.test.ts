import { describe, expect, it } from "vitest";
import { isAllowed, parsePolicy } from "../../src/core/policy.ts";

const rule = "arn:aws:events:us-east-1:000000000000:rule/orders/paid";
const queue = "arn:aws:sqs:us-east-1:000000000000:q";

const ask = (...statements: object[]) =>
  isAllowed(parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement: statements })), {
    service: "events.amazonaws.com",
    action: "sqs:SendMessage",
    resource: queue,
    context: { "aws:sourcearn": rule, "aws:sourceaccount": "000000000000" },
  });

/** What the user guide tells people to write. */
const usual = {
  Effect: "Allow",
  Principal: { Service: "events.amazonaws.com" },
  Action: "sqs:SendMessage",
  Resource: queue,
  Condition: { ArnEquals: { "aws:SourceArn": rule } },
};

describe("a resource policy", () => {
  it.each([
    ["as the user guide has it", {}],
    ["for several services", { Principal: { Service: ["sns.amazonaws.com", "events.amazonaws.com"] } }],
    ["for everybody", { Principal: "*" }],
    ["for every account", { Principal: { AWS: "*" } }],
    ["with actions in other letters", { Action: ["SQS:SENDMESSAGE"] }],
    ["with a wildcard action", { Action: "sqs:Send*" }],
    ["with a wildcard resource", { Resource: "arn:aws:sqs:*:*:?" }],
    [
      "with a pattern for the rules",
      { Condition: { ArnLike: { "AWS:SOURCEARN": ["x", "arn:*:rule/orders/*"] } } },
    ],
    [
      "with a pattern under ArnEquals",
      { Condition: { ArnEquals: { "aws:SourceArn": "arn:aws:events:*:*:rule/*" } } },
    ],
    ["without a condition", { Condition: {} }],
    ["with an account", { Condition: { StringEquals: { "aws:SourceAccount": "000000000000" } } }],
    ["with a key that may be absent", { Condition: { StringEqualsIfExists: { "aws:PrincipalOrgID": "o" } } }],
    ["with everything but another action", { Action: undefined, NotAction: "sqs:DeleteQueue" }],
  ])("lets in %s", (_name, change) => {
    expect(ask({ ...usual, ...change })).toBe(true);
  });

  it.each([
    ["another service", { Principal: { Service: "sns.amazonaws.com" } }],
    ["an account alone", { Principal: { AWS: "arn:aws:iam::000000000000:root" } }],
    ["another action", { Action: "sqs:ReceiveMessage" }],
    ["another queue", { Resource: `${queue}2` }],
    ["a dot that stands for itself", { Resource: queue.replace("us-east-1", "us.east.1") }],
    ["another rule", { Condition: { ArnEquals: { "aws:SourceArn": `${rule}2` } } }],
    ["a star that is text under StringEquals", { Condition: { StringEquals: { "aws:SourceArn": "arn:*" } } }],
    [
      "one condition of two",
      { Condition: { ...usual.Condition, StringEquals: { "aws:SourceAccount": "1" } } },
    ],
    ["a key that is not there", { Condition: { StringEquals: { "aws:PrincipalOrgID": "o" } } }],
    ["an operator that is not known", { Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } }],
    ["no principal", { Principal: undefined }],
  ])("keeps out %s", (_name, change) => {
    expect(ask({ ...usual, ...change })).toBe(false);
  });

  it("keeps out what one statement denies", () => {
    expect(ask(usual, { ...usual, Effect: "Deny", Condition: {} })).toBe(false);
    expect(ask(usual, { ...usual, Effect: "Deny", Action: "sqs:Purge*" })).toBe(true);
  });

  it("keeps everything out when there is none", () => {
    expect(ask()).toBe(false);
    expect(parsePolicy("no policy")).toBeUndefined();
  });
});
