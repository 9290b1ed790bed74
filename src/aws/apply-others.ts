import {
  CreateDiscovererCommand,
  CreateRegistryCommand,
  CreateSchemaCommand,
  type SchemasClient,
  UpdateRegistryCommand,
  UpdateSchemaCommand,
} from "@aws-sdk/client-schemas";
import { CreateTopicCommand, type SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";

/** Makes a topic. One that is there already stays as it is. */
export async function ensureTopic(
  sns: SNSClient,
  Name: string,
  Attributes: Record<string, string>,
): Promise<void> {
  await sns.send(new CreateTopicCommand({ Name, Attributes }));
}

/** Lets a queue have what is published to a topic. */
export async function subscribeQueue(
  sns: SNSClient,
  TopicArn: string,
  Endpoint: string,
  raw: boolean,
): Promise<void> {
  const Attributes = { RawMessageDelivery: String(raw) };
  await sns.send(new SubscribeCommand({ TopicArn, Endpoint, Protocol: "sqs", Attributes }));
}

/** Makes a registry, or gives an existing one this description. */
export async function ensureRegistry(
  schemas: SchemasClient,
  RegistryName: string,
  Description: string | undefined,
): Promise<void> {
  const about = { RegistryName, Description };
  await orInstead(
    () => schemas.send(new CreateRegistryCommand(about)),
    () => schemas.send(new UpdateRegistryCommand(about)),
  );
}

export interface NewSchema {
  readonly RegistryName: string;
  readonly SchemaName: string;
  readonly Type: "OpenApi3" | "JSONSchemaDraft4";
  readonly Content: string;
  readonly Description?: string | undefined;
}

/** Makes a schema, or gives an existing one this content, which is a new version when it differs. */
export async function ensureSchema(schemas: SchemasClient, about: NewSchema): Promise<void> {
  await orInstead(
    () => schemas.send(new CreateSchemaCommand(about)),
    () => schemas.send(new UpdateSchemaCommand(about)),
  );
}

/** Has a bus watched, if it is not yet. */
export async function ensureDiscoverer(schemas: SchemasClient, SourceArn: string): Promise<void> {
  await orInstead(
    () => schemas.send(new CreateDiscovererCommand({ SourceArn })),
    async () => {},
  );
}

async function orInstead(create: () => Promise<unknown>, update: () => Promise<unknown>): Promise<void> {
  try {
    await create();
  } catch (error) {
    if (!(error instanceof Error && error.name === "ConflictException")) throw error;
    await update();
  }
}
