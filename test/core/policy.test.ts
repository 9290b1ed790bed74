import { describe, expect, it } from "vitest";
import { contextOf, isAllowed, parsePolicy } from "../../src/core/policy.ts";

const rule = "arn:aws:events:us-east-1:000000000000:rule/orders/paid";
const queue = "arn:aws:sqs:us-east-1:000000000000:q";

const ask = (...statements: object[]) =>
  isAllowed(parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement: statements })), {
    service: "events.amazonaws.com",
    action: "sqs:SendMessage",
    resource: queue,
    context: contextOf("events.amazonaws.com", rule),
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

  const deny = { Effect: "Deny", Principal: "*", Action: "sqs:*", Resource: queue };
  const foreign = { "aws:PrincipalOrgID": "o-1" };
  it.each([
    // The data perimeter that AWS publishes leaves its own services out.
    [
      "those who are no service and not of an organisation",
      {
        StringNotEqualsIfExists: foreign,
        BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
      },
      true,
    ],
    ["requests without TLS", { Bool: { "aws:SecureTransport": false } }, true],
    [
      "all services but those that are listed",
      { "ForAllValues:StringNotEquals": { "aws:PrincipalServiceNamesList": ["events.amazonaws.com"] } },
      true,
    ],
    ["requests of no source", { Null: { "aws:SourceArn": "true" } }, true],
    ["who is of an organisation", { "ForAnyValue:StringNotEquals": foreign }, true],
    // A key that is not there is not the value that is asked for.
    ["everybody who is not of an organisation", { StringNotEquals: foreign }, false],
    ["everybody who comes from elsewhere", { NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } }, false],
    [
      "another service by its name",
      { StringNotEqualsIgnoreCase: { "aws:PrincipalServiceName": "SNS.amazonaws.com" } },
      false,
    ],
    ["all that have no organisation", { Null: { "aws:PrincipalOrgID": true } }, false],
    [
      "who comes from elsewhere by himself",
      { NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" }, Bool: { "aws:ViaAWSService": "false" } },
      false,
    ],
    ["all values of none", { "ForAllValues:StringEquals": { "aws:TagKeys": "a" } }, false],
  ])("that denies %s", (_name, Condition, isLetIn) => {
    expect(ask(usual, { ...deny, Condition })).toBe(isLetIn);
  });

  it("may name those whom it is not about", () => {
    const NotPrincipal = { AWS: "arn:aws:iam::000000000000:root" };
    expect(ask(usual, { ...deny, Principal: undefined, NotPrincipal })).toBe(false);
    expect(ask(usual, { ...deny, Principal: undefined, NotPrincipal: usual.Principal })).toBe(true);
  });

  it("keeps everything out when there is none", () => {
    expect(ask()).toBe(false);
    expect(parsePolicy("no policy")).toBeUndefined();
  });
});
