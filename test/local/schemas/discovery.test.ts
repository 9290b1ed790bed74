import { CreateEventBusCommand } from "@aws-sdk/client-eventbridge";
import {
  CreateDiscovererCommand,
  DeleteDiscovererCommand,
  DescribeDiscovererCommand,
  DescribeSchemaCommand,
  GetDiscoveredSchemaCommand,
  ListDiscoverersCommand,
  ListSchemasCommand,
  StartDiscovererCommand,
  StopDiscovererCommand,
  UpdateDiscovererCommand,
} from "@aws-sdk/client-schemas";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Bench, openBench } from "./bench.ts";

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench[Symbol.asyncDispose]());

const busArn = (bus: string) => `arn:aws:events:us-east-1:111122223333:event-bus/${bus}`;
const discoverer = (bus = "default", more: object = {}) =>
  bench.schemas.send(new CreateDiscovererCommand({ SourceArn: busArn(bus), ...more }));
const discovered = async () => {
  const list = new ListSchemasCommand({ RegistryName: "discovered-schemas" });
  return (await bench.schemas.send(list)).Schemas?.map(({ SchemaName, VersionCount }) => [
    SchemaName,
    VersionCount,
  ]);
};
const latest = async (SchemaName = "com.shop@OrderPlaced") => {
  const about = { RegistryName: "discovered-schemas", SchemaName };
  return JSON.parse((await bench.schemas.send(new DescribeSchemaCommand(about))).Content!).components.schemas;
};

describe("a discoverer", () => {
  it("finds the schemas of the events on its bus, and no other's", async () => {
    await bench.events.send(new CreateEventBusCommand({ Name: "orders" }));
    await discoverer("orders");
    await bench.put({ id: "o-1" });
    expect(await discovered()).toEqual([]);
    await bench.put(
      {
        id: "o-1",
        at: "2026-11-23T19:00:00Z",
        total: 9.5,
        count: 2,
        gift: false,
        tags: [],
        customer: { name: "Ana" },
      },
      { bus: "orders" },
    );
    expect(await discovered()).toEqual([["com.shop@OrderPlaced", 1]]);
    expect(await latest()).toMatchObject({
      AWSEvent: {
        "x-amazon-events-source": "com.shop",
        "x-amazon-events-detail-type": "Order Placed",
        properties: { detail: { $ref: "#/components/schemas/OrderPlaced" } },
      },
      OrderPlaced: {
        type: "object",
        required: ["id", "at", "total", "count", "gift", "tags", "customer"],
        properties: {
          id: { type: "string" },
          at: { type: "string", format: "date-time" },
          total: { type: "number", format: "double" },
          count: { type: "number", format: "int64" },
          gift: { type: "boolean" },
          tags: { type: "array", items: { type: "object" } },
          customer: { $ref: "#/components/schemas/Customer" },
        },
      },
      Customer: { type: "object", required: ["name"], properties: { name: { type: "string" } } },
    });
  });

  it("makes a version when an event no longer fits, and none for one that does", async () => {
    await discoverer();
    await bench.put({ id: "o-1", total: 1 });
    await bench.put({ id: "o-2", total: 2 });
    expect(await discovered()).toEqual([["com.shop@OrderPlaced", 1]]);
    await bench.put({ id: "o-3", total: 2.5, note: null, lines: [{ sku: "a" }, { sku: "b", count: 1 }] });
    expect(await discovered()).toEqual([["com.shop@OrderPlaced", 2]]);
    for (const detail of [
      { id: "o-4", total: 1 },
      { id: "o-5", total: 3.5, note: "quick", lines: [] },
    ])
      await bench.put(detail);
    expect(await discovered()).toEqual([["com.shop@OrderPlaced", 3]]);
    expect(await latest()).toMatchObject({
      OrderPlaced: {
        required: ["id", "total"],
        properties: {
          total: { type: "number", format: "double" },
          note: { type: "string", nullable: true },
          lines: { type: "array", items: { $ref: "#/components/schemas/LinesItem" } },
        },
      },
      LinesItem: { required: ["sku"], properties: { sku: {}, count: {} } },
    });
  });

  it("rests while it is stopped", async () => {
    const { DiscovererId, State } = await discoverer();
    expect([DiscovererId, State]).toEqual(["events-event-bus-default", "STARTED"]);
    const about = { DiscovererId };
    const stopped = await bench.schemas.send(new StopDiscovererCommand(about));
    expect(stopped.State).toBe("STOPPED");
    await bench.put({ id: "o-1" });
    expect(await discovered()).toEqual([]);
    await bench.schemas.send(new StartDiscovererCommand(about));
    await bench.put({ id: "o-1" });
    expect(await discovered()).toHaveLength(1);
  });

  it("passes over what is nested too deep, and keeps AWS's names for detail types", async () => {
    await discoverer();
    let deep: object = { leaf: 1 };
    for (let level = 0; level < 260; level++) deep = { deep };
    await bench.put(deep);
    expect(await discovered()).toEqual([]);
    await bench.put({ a: 1 }, { type: "Region Opt-In Status/Change" });
    expect(await discovered()).toEqual([["com.shop@RegionOpt-InStatus-Change", 1]]);
  });

  it("is described, changed, listed and deleted; what it found stays", async () => {
    const made = await discoverer("default", { Description: "all", CrossAccount: false, Tags: { a: "1" } });
    expect(made).toMatchObject({ $metadata: { httpStatusCode: 201 }, CrossAccount: false, Tags: { a: "1" } });
    const about = { DiscovererId: made.DiscovererId };
    await bench.schemas.send(
      new UpdateDiscovererCommand({ ...about, Description: "few", CrossAccount: true }),
    );
    expect(await bench.schemas.send(new DescribeDiscovererCommand(about))).toMatchObject({
      DiscovererArn: "arn:aws:schemas:us-east-1:111122223333:discoverer/events-event-bus-default",
      SourceArn: busArn("default"),
      Description: "few",
      CrossAccount: true,
    });
    const list = async (SourceArnPrefix: string) =>
      (await bench.schemas.send(new ListDiscoverersCommand({ SourceArnPrefix }))).Discoverers;
    expect(await list("arn:aws:events")).toMatchObject([{ DiscovererId: "events-event-bus-default" }]);
    expect(await list("arn:aws:other")).toEqual([]);
    await bench.put({ id: "o-1" });
    await bench.schemas.send(new DeleteDiscovererCommand(about));
    await bench.put({ id: "o-1" }, { type: "Other" });
    expect(await discovered()).toEqual([["com.shop@OrderPlaced", 1]]);
  });

  it("needs a bus, and is the only one of it", async () => {
    await expect(discoverer("none")).rejects.toMatchObject({ name: "NotFoundException" });
    await expect(
      bench.schemas.send(new CreateDiscovererCommand({ SourceArn: "arn:aws:sqs:us-east-1:111122223333:q" })),
    ).rejects.toMatchObject({ name: "BadRequestException" });
    await discoverer();
    await expect(discoverer()).rejects.toMatchObject({ name: "ConflictException" });
  });
});

describe("GetDiscoveredSchema", () => {
  const ask = async (events: unknown[], Type: "OpenApi3" | "JSONSchemaDraft4" = "OpenApi3") => {
    const Events = events.map((event) => (typeof event === "string" ? event : JSON.stringify(event)));
    return JSON.parse((await bench.schemas.send(new GetDiscoveredSchemaCommand({ Events, Type }))).Content!);
  };

  it("describes an object that is no envelope as Event", async () => {
    const document = await ask([{ Source: "a", Detail: "{}", Resources: ["r"] }]);
    expect(document).toEqual({
      openapi: "3.0.0",
      info: { version: "1.0.0", title: "Event" },
      paths: {},
      components: {
        schemas: {
          Event: {
            type: "object",
            required: ["Source", "Detail", "Resources"],
            properties: {
              Source: { type: "string" },
              Detail: { type: "string" },
              Resources: { type: "array", items: { type: "string" } },
            },
          },
        },
      },
    });
  });

  it("puts several events together, and answers in Draft 4 too", async () => {
    const event = (detail: object) => ({ source: "s", "detail-type": "T", detail });
    const document = await ask([event({ a: 1, b: null }), event({ a: "x" })], "JSONSchemaDraft4");
    expect(document).toMatchObject({
      definitions: {
        T: { required: ["a"], properties: { a: { anyOf: [{ type: "number" }, { type: "string" }] }, b: {} } },
      },
      properties: { detail: { $ref: "#/definitions/T" } },
      "x-amazon-events-source": "s",
    });
  });

  it("refuses what is no object, and more than ten", async () => {
    for (const events of [["nonsense"], ["[]"], Array.from({ length: 11 }, () => ({})), []])
      await expect(ask(events)).rejects.toMatchObject({ name: "BadRequestException" });
  });
});
