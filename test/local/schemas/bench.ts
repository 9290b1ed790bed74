import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { SchemasClient } from "@aws-sdk/client-schemas";
import { type WindableClock, windableClock } from "../../../src/local/clock.ts";
import { type Local, startLocal } from "../../../src/local/start.ts";

/** An emulator whose clock stands still, and clients of it. */
export interface Bench extends AsyncDisposable {
  readonly local: Local;
  readonly clock: WindableClock;
  readonly schemas: SchemasClient;
  readonly events: EventBridgeClient;
  put(detail: object, fields?: { source?: string; type?: string; bus?: string }): Promise<void>;
}

export const startedAt = Date.parse("2026-11-23T19:00:00.000Z");

export async function openBench(): Promise<Bench> {
  const clock = windableClock(startedAt);
  const local = await startLocal({ clock, account: "111122223333" });
  const settings = {
    endpoint: local.url,
    region: local.region,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    maxAttempts: 1,
  };
  const schemas = new SchemasClient(settings);
  const events = new EventBridgeClient(settings);
  return {
    local,
    clock,
    schemas,
    events,
    async put(detail, { source = "com.shop", type = "Order Placed", bus = "default" } = {}) {
      const entry = { EventBusName: bus, Source: source, DetailType: type, Detail: JSON.stringify(detail) };
      await events.send(new PutEventsCommand({ Entries: [entry] }));
    },
    async [Symbol.asyncDispose]() {
      schemas.destroy();
      events.destroy();
      await local.close();
    },
  };
}

/** A small OpenAPI 3 document; `field` makes it one that differs from others. */
export const openApi = (field = "id"): string =>
  JSON.stringify({
    openapi: "3.0.0",
    info: { version: "1.0.0", title: "Event" },
    paths: {},
    components: { schemas: { Event: { type: "object", properties: { [field]: { type: "string" } } } } },
  });
