import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startLocal } from "../../../src/local/start.ts";
import { runEvb } from "../../world.ts";
import { openEvbLocal } from "./lab.ts";

const besides = JSON.stringify({
  Resources: {
    Discoverer: {
      Type: "AWS::EventSchemas::Discoverer",
      Properties: { SourceArn: { "Fn::GetAtt": ["Bus", "Arn"] } },
    },
    Bus: { Type: "AWS::Events::EventBus", Properties: { Name: "shop" } },
    Rule: {
      Type: "AWS::Events::Rule",
      Properties: {
        EventBusName: { Ref: "Bus" },
        EventPattern: { source: ["s"] },
        Targets: [{ Id: "news", Arn: { "Fn::GetAtt": ["News", "TopicArn"] } }],
      },
    },
    All: { Type: "AWS::SQS::Queue", Properties: { QueueName: "all" } },
    May: {
      Type: "AWS::SQS::QueuePolicy",
      Properties: {
        Queues: [{ Ref: "All" }],
        PolicyDocument: {
          Statement: [{ Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: "*" }],
        },
      },
    },
    Whole: {
      Type: "AWS::SNS::Subscription",
      Properties: {
        TopicArn: { Ref: "News" },
        Protocol: "sqs",
        Endpoint: { "Fn::GetAtt": ["All", "Arn"] },
      },
    },
    Mails: {
      Type: "AWS::SNS::Subscription",
      Properties: { TopicArn: { Ref: "News" }, Protocol: "email", Endpoint: "a@example.com" },
    },
    Some: {
      Type: "AWS::SNS::Subscription",
      Properties: {
        TopicArn: { Ref: "News" },
        Protocol: "sqs",
        Endpoint: { "Fn::GetAtt": ["All", "Arn"] },
        FilterPolicy: { a: ["b"] },
      },
    },
    News: { Type: "AWS::SNS::Topic", Properties: { TopicName: "news" } },
    Order: {
      Type: "AWS::EventSchemas::Schema",
      Properties: {
        RegistryName: { "Fn::GetAtt": ["Mine", "RegistryName"] },
        SchemaName: "order",
        Type: "OpenApi3",
        Content: '{"openapi":"3.0.0"}',
      },
    },
    Mine: { Type: "AWS::EventSchemas::Registry", Properties: { RegistryName: "mine" } },
    Web: {
      Type: "AWS::Events::ApiDestination",
      Properties: { ConnectionArn: "c", HttpMethod: "POST", InvocationEndpoint: "https://example.com" },
    },
  },
});

const mistakes = `Parameters:
  Stage: {Type: String}
Resources:
  Bus:
    Type: AWS::Events::EventBus
    Properties:
      Name: !Sub "orders-\${Stage}"
  R1:
    Type: AWS::Events::Rule
    Properties:
      EventPattern:
        source: [{prefix: 1}]
      Targets:
        - {Id: q, Arn: !GetAtt Nope.Arn}
        - {Id: bad, Arn: "arn:aws:sqs:us-east-1:000000000000:q", Input: "x"}
  R2:
    Type: AWS::Events::Rule
    Properties:
      ScheduleExpression: rate(1 minutes)
  R3:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: other
      ScheduleExpression: rate(5 minutes)
  Q:
    Type: AWS::SQS::Queue
    Properties:
      DelaySeconds: 901
      VisibilityTimeout: 43201
`;

describe("a template for the emulator", () => {
  it("is refused for all its mistakes at once, with their lines, and nothing is made of it", async () => {
    const folder = await mkdtemp(join(tmpdir(), "evb-mistakes-"));
    const file = join(folder, "template.yaml");
    await writeFile(file, mistakes);
    await using local = await startLocal();
    const outcome = await runEvb(["local", "apply", file], { env: { EVB_LOCAL_URL: local.url } });
    expect(outcome.code).toBe(2);
    expect(outcome.err.replaceAll(file, "t").split("\n")).toEqual([
      "evb: error: t:4:3: Bus: its name is known at the deploy only: orders-${Stage} (give it with --parameter Stage=VALUE) (and 7 more)",
      "hint: t:12:9: R1: Event pattern is not valid. Reason: prefix match pattern must be a string",
      "hint: t:14:32: R1: the template has no resource Nope",
      "hint: t:15:11: R1: target bad: JSON syntax error in input for target bad.",
      "hint: t:16:3: R2: Parameter ScheduleExpression is not valid.",
      "hint: t:20:3: R3: ScheduleExpression is supported only on the default event bus.",
      "hint: t:25:3: Q: Invalid value for the parameter DelaySeconds.",
      "hint: t:25:3: Q: Invalid value for the parameter VisibilityTimeout.",
      "",
    ]);
    const list = { method: "POST", headers: { "x-amz-target": "AmazonSQS.ListQueues" }, body: "{}" };
    expect(await (await fetch(local.url, list)).json()).toEqual({});
    await rm(folder, { recursive: true });
  });

  it("makes topics with their queues, schemas and discoverers, twice with the same outcome, and names the rest", async () => {
    await using local = await startLocal();
    const env = { EVB_LOCAL_URL: local.url };
    await runEvb(["local", "apply", besides], { env });
    const { code, err } = await runEvb(["local", "apply", besides], { env });
    expect([code, err.split("\n")]).toEqual([
      0,
      [
        "evb: 1 bus, 1 rule, 1 queue, 1 topic, 1 schema, 1 discoverer from inline JSON",
        "evb: warning: Mails (AWS::SNS::Subscription) is left out: only queues can subscribe",
        "evb: warning: Some (AWS::SNS::Subscription) is left out: filter policies are not emulated",
        "evb: warning: Web (AWS::Events::ApiDestination) is left out: what is loaded from a file calls nobody outside; make it by hand, or name a handler for its ARN",
        "",
      ],
    ]);
    await runEvb(["put", "--local", "-b", "shop", "--source", "s", "--detail-type", "t", "--detail", "{}"], {
      env,
    });
    const peek = await runEvb(["dlq", "peek", "all", "--local", "--json"], { env });
    expect(peek.out).toContain("Notification");
    const ask = async (path: string) => (await fetch(`${local.url}${path}`)).json();
    const schemas = (registry: string) => ask(`/v1/registries/name/${registry}/schemas`);
    expect(await schemas("mine")).toMatchObject({ Schemas: [{ SchemaName: "order", VersionCount: 1 }] });
    expect(await schemas("discovered-schemas")).toMatchObject({ Schemas: [{ SchemaName: "s@t" }] });
  });

  it("does not name as left out what a handler stands for", async () => {
    const web = "arn:aws:events:us-east-1:000000000000:api-destination/Web";
    const local = await openEvbLocal("--from", besides, "--handler", `${web}=-`);
    const { err } = await local.stop();
    expect(err).toContain("Mails (AWS::SNS::Subscription) is left out");
    expect(err).not.toContain("Web (");
  });
});
