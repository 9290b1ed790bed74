// The AWS CLI, version 1 or 2: one life of a bus and its queues, as a shell script would do it.
import assert from "node:assert/strict";
import { openChecks } from "./checks.mjs";
import { demandLocal, onLocal } from "./local.mjs";
import { demand, runCommand } from "./run-command.mjs";

/** `command` and `before` start the CLI, such as `python3 …/aws`. */
export const runAwscli = (command, before = [], env = {}) =>
  onLocal((local) => live(local, command, before, env));

async function live(local, command, before, env) {
  const { report, check } = openChecks();
  report.version = (await demand(command, [...before, "--version"], { env })).split(" ")[0];
  // Version 1 does not ask AWS_ENDPOINT_URL for every service: each call is told where to go.
  const argsOf = (args) => {
    demandLocal(local.url);
    return [...before, "--endpoint-url", local.url, "--region", "us-east-1", "--output", "json", ...args];
  };
  const aws = async (...args) => {
    const out = await demand(command, argsOf(args), { env, seconds: 60 });
    return out.trim() === "" ? undefined : JSON.parse(out);
  };
  const refusal = async (...args) => {
    const { code, err } = await runCommand(command, argsOf(args), { env, seconds: 60 });
    assert.notEqual(code, 0);
    return /\((\S+)\)/.exec(err)?.[1] ?? err;
  };
  for (const [name, act] of Object.entries(life(aws, refusal))) await check(name, act);
  return report;
}

const arn = (name) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: "*" },
});

function life(aws, refusal) {
  let url;
  return {
    async "the caller is the emulator's account"() {
      assert.equal((await aws("sts", "get-caller-identity")).Account, "000000000000");
    },
    async "a queue is made, with its policy letter for letter"() {
      const Attributes = JSON.stringify({ Policy: policy, VisibilityTimeout: "0" });
      url = (
        await aws("sqs", "create-queue", "--queue-name", "cli", "--attributes", Attributes, "--tags", "a=1")
      ).QueueUrl;
      const found = await aws("sqs", "get-queue-attributes", "--queue-url", url, "--attribute-names", "All");
      assert.equal(found.Attributes.Policy, policy);
      assert.deepEqual((await aws("sqs", "list-queue-tags", "--queue-url", url)).Tags, { a: "1" });
    },
    async "a bus with a rule and a target"() {
      await aws("events", "create-event-bus", "--name", "cli", "--tags", "Key=a,Value=1");
      const rule = ["--name", "cli", "--event-bus-name", "cli"];
      await aws("events", "put-rule", ...rule, "--event-pattern", '{"source":["shop"]}');
      const targets = JSON.stringify([{ Id: "1", Arn: arn("cli"), InputPath: "$.detail" }]);
      const put = await aws(
        "events",
        "put-targets",
        "--rule",
        "cli",
        "--event-bus-name",
        "cli",
        "--targets",
        targets,
      );
      assert.equal(put.FailedEntryCount, 0);
      const { Rules } = await aws("events", "list-rules", "--event-bus-name", "cli", "--page-size", "1");
      assert.deepEqual(
        Rules.map(({ Name, State }) => [Name, State]),
        [["cli", "ENABLED"]],
      );
    },
    async "an event is put and comes out of the queue"() {
      const entry = { Source: "shop", DetailType: "Placed", Detail: '{"id":"é"}', EventBusName: "cli" };
      const put = await aws("events", "put-events", "--entries", JSON.stringify([entry]));
      assert.equal(put.FailedEntryCount, 0);
      const { Messages } = await aws(
        "sqs",
        "receive-message",
        "--queue-url",
        url,
        "--wait-time-seconds",
        "2",
      );
      assert.equal(Messages[0].Body, '{"id":"é"}');
      await aws("sqs", "delete-message", "--queue-url", url, "--receipt-handle", Messages[0].ReceiptHandle);
    },
    async "a batch goes with its attributes"() {
      const attributes = { n: { DataType: "Number", StringValue: "1" } };
      const entries = JSON.stringify([
        { Id: "a", MessageBody: "<&>", MessageAttributes: attributes },
        { Id: "b", MessageBody: "x", DelaySeconds: 5000 },
      ]);
      const sent = await aws("sqs", "send-message-batch", "--queue-url", url, "--entries", entries);
      assert.deepEqual([sent.Successful[0].Id, sent.Failed[0].Id], ["a", "b"]);
      const ask = ["--queue-url", url, "--message-attribute-names", "All", "--attribute-names", "All"];
      const { Messages } = await aws("sqs", "receive-message", ...ask);
      assert.deepEqual([Messages[0].Body, Messages[0].MessageAttributes], ["<&>", attributes]);
    },
    async "refusals have AWS's codes"() {
      assert.equal(await refusal("events", "describe-rule", "--name", "none"), "ResourceNotFoundException");
      const none = url.replace(/cli$/, "none");
      assert.equal(
        await refusal("sqs", "send-message", "--queue-url", none, "--message-body", "x"),
        "AWS.SimpleQueueService.NonExistentQueue",
      );
      assert.equal(
        await refusal("schemas", "describe-registry", "--registry-name", "none"),
        "NotFoundException",
      );
    },
    async "a registry and its schemas"() {
      await aws("schemas", "create-registry", "--registry-name", "cli");
      const content = JSON.stringify({ openapi: "3.0.0", info: { title: "t", version: "1" }, paths: {} });
      const names = ["--registry-name", "cli", "--schema-name", "shop@Placed"];
      await aws("schemas", "create-schema", ...names, "--type", "OpenApi3", "--content", content);
      assert.equal((await aws("schemas", "describe-schema", ...names)).Content, content);
    },
    async "all is deleted"() {
      await aws("events", "remove-targets", "--rule", "cli", "--event-bus-name", "cli", "--ids", "1");
      await aws("events", "delete-rule", "--name", "cli", "--event-bus-name", "cli");
      await aws("events", "delete-event-bus", "--name", "cli");
      await aws("sqs", "delete-queue", "--queue-url", url);
      assert.equal((await aws("sqs", "list-queues"))?.QueueUrls, undefined);
    },
  };
}
