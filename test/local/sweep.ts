import {
  DeleteArchiveCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  type EventBridgeClient,
  ListArchivesCommand,
  ListEventBusesCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  RemoveTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { DeleteQueueCommand, ListQueuesCommand, type SQSClient } from "@aws-sdk/client-sqs";

/** Deletes what a test has left on a peer. Its clients put the test's own prefix before an empty name too. */
export async function sweepQueues(sqs: SQSClient): Promise<void> {
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: "" }));
  for (const QueueUrl of QueueUrls) await sqs.send(new DeleteQueueCommand({ QueueUrl }));
}

export async function sweepEvents(events: EventBridgeClient): Promise<void> {
  const { Archives = [] } = await events.send(new ListArchivesCommand({ NamePrefix: "" }));
  for (const { ArchiveName } of Archives) await events.send(new DeleteArchiveCommand({ ArchiveName }));
  const { EventBuses = [] } = await events.send(new ListEventBusesCommand({ NamePrefix: "" }));
  for (const bus of ["default", ...EventBuses.map(({ Name }) => Name)]) {
    const { Rules = [] } = await events.send(new ListRulesCommand({ NamePrefix: "", EventBusName: bus }));
    for (const { Name } of Rules) {
      const rule = { Rule: Name, EventBusName: bus };
      const { Targets = [] } = await events.send(new ListTargetsByRuleCommand(rule));
      const Ids = Targets.map(({ Id }) => Id!);
      if (Ids.length > 0) await events.send(new RemoveTargetsCommand({ ...rule, Ids }));
      await events.send(new DeleteRuleCommand({ Name, EventBusName: bus }));
    }
    if (bus !== "default") await events.send(new DeleteEventBusCommand({ Name: bus }));
  }
}
