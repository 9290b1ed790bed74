import {
  ensureDiscoverer,
  ensureRegistry,
  ensureSchema,
  ensureTopic,
  type NewSchema,
  subscribeQueue,
} from "../../aws/apply-others.ts";
import type { OtherResource } from "../../core/route/index.ts";
import type { Connection } from "../connect.ts";

/** Makes what a template has beside buses and queues. */
export async function makeOther(
  { type, name, arn, properties }: OtherResource,
  to: Connection,
): Promise<void> {
  const text = (property: string): string | undefined => {
    const value = properties[property];
    return value === undefined || typeof value === "object" ? undefined : String(value);
  };
  const registry = () => lastOf(text("RegistryName") ?? "");
  switch (type) {
    case "AWS::SNS::Topic": {
      const fifo = text("FifoTopic") === "true" && { FifoTopic: "true" };
      const contentBased = text("ContentBasedDeduplication") === "true";
      await ensureTopic(await to.sns(), name, {
        ...fifo,
        ...(contentBased && { ContentBasedDeduplication: "true" }),
      });
      for (const { Protocol, Endpoint } of [properties.Subscription ?? []].flat() as Inline[])
        if (Protocol === "sqs" && Endpoint) await subscribeQueue(await to.sns(), arn, Endpoint, false);
      return;
    }
    case "AWS::SNS::Subscription":
      return subscribeQueue(
        await to.sns(),
        text("TopicArn") ?? "",
        text("Endpoint") ?? "",
        text("RawMessageDelivery") === "true",
      );
    case "AWS::EventSchemas::Registry":
      return ensureRegistry(await to.schemas(), name, text("Description"));
    case "AWS::EventSchemas::Schema":
      return ensureSchema(await to.schemas(), {
        RegistryName: registry(),
        SchemaName: name,
        Type: text("Type") as NewSchema["Type"],
        Content: text("Content") ?? JSON.stringify(properties.Content),
        Description: text("Description"),
      });
    case "AWS::EventSchemas::Discoverer":
      return ensureDiscoverer(await to.schemas(), text("SourceArn") ?? "");
  }
}

/** A subscription inside its topic. */
interface Inline {
  readonly Protocol?: string;
  readonly Endpoint?: string;
}

/** The name at the end of an ARN; the text itself where it is none. */
const lastOf = (text: string): string => text.slice(text.lastIndexOf("/") + 1);
