import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import {
  CreateDiscovererCommand,
  CreateRegistryCommand,
  CreateSchemaCommand,
  SchemasClient,
  UpdateSchemaCommand,
} from "@aws-sdk/client-schemas";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { windableClock } from "../../../src/local/clock.ts";
import { type Local, startLocal } from "../../../src/local/start.ts";
import { runEvb, type TestWorldOptions } from "../../world.ts";

const clock = windableClock(Date.parse("2026-11-23T19:00:00.000Z"));
let local: Local;
/** Every event that a bus has taken. */
const taken: Record<string, unknown>[] = [];
const order = {
  id: "o-1",
  at: "2026-11-23T19:00:00Z",
  total: 9.5,
  gift: false,
  customer: { name: "Ana" },
  items: [{ sku: "a", count: 1 }],
};

/** A schema with what discovery does not know: choices, bounds, descriptions, awkward names. */
const parcel = JSON.stringify({
  $schema: "http://json-schema.org/draft-04/schema#",
  type: "object",
  required: ["state", "weight"],
  properties: {
    state: { type: "string", enum: ["packed", "sent"], description: "where it is" },
    weight: { type: "number", minimum: 2, maximum: 3 },
    pieces: { type: "integer", minimum: 4, maximum: 4 },
    code: { type: "string", minLength: 40, maxLength: 40 },
    now: { type: "boolean" },
    "${odd} $name": { type: "string" },
    $key: { type: "string", format: "uuid" },
    sender: { $ref: "#/definitions/party" },
  },
  definitions: {
    party: {
      type: "object",
      properties: { name: { type: "string" }, agent: { $ref: "#/definitions/party" } },
    },
  },
});

beforeAll(async () => {
  local = await startLocal({ clock, events: { onEvent: (event) => taken.push(JSON.parse(event)) } });
  const settings = {
    endpoint: local.url,
    region: local.region,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  };
  const schemas = new SchemasClient(settings);
  const events = new EventBridgeClient(settings);
  const SourceArn = `arn:aws:events:us-east-1:${local.account}:event-bus/default`;
  await schemas.send(new CreateDiscovererCommand({ SourceArn }));
  const put = (detail: object) =>
    events.send(
      new PutEventsCommand({
        Entries: [{ Source: "com.shop", DetailType: "Order Placed", Detail: JSON.stringify(detail) }],
      }),
    );
  await put(order);
  await put({ ...order, note: "quick" });
  await schemas.send(new CreateRegistryCommand({ RegistryName: "ours" }));
  const name = { RegistryName: "ours", SchemaName: "com.shop.parcels@ParcelMoved" };
  await schemas.send(
    new CreateSchemaCommand({ ...name, Type: "JSONSchemaDraft4", Content: '{"$schema":"draft-04"}' }),
  );
  await schemas.send(new UpdateSchemaCommand({ ...name, Content: parcel }));
  schemas.destroy();
  events.destroy();
});
afterAll(() => local.close());

const evb = (argv: readonly string[], options: TestWorldOptions = {}) =>
  runEvb([...argv, "--local"], { clock, ...options, env: { EVB_LOCAL_URL: local.url } });
const schema = (...argv: string[]) => evb(["schema", ...argv]);

describe("evb schema ls", () => {
  it("lists what is not AWS's own, and says where that is", async () => {
    const { code, out, err } = await schema("ls");
    expect(code).toBe(0);
    expect(out.split("\n").map((line) => line.split(/ {2,}/))).toEqual([
      ["REGISTRY", "SCHEMA", "VERSIONS", "CHANGED"],
      ["discovered-schemas", "com.shop@OrderPlaced", "2", "2026-11-23T19:00:00.000Z"],
      ["ours", "com.shop.parcels@ParcelMoved", "2", "2026-11-23T19:00:00.000Z"],
      [""],
    ]);
    expect(err).toBe("hint: AWS's own are in evb schema ls --registry aws.events\n");
  });

  it("takes a registry and the beginning of a name, and gives JSON", async () => {
    const { lines, err } = await schema("ls", "aws.s3", "--registry", "aws.events", "--json");
    expect(lines().map(({ name }) => name)).toEqual(["aws.s3@ObjectCreated", "aws.s3@ObjectDeleted"]);
    expect(lines()[0]).toMatchObject({ registry: "aws.events", versions: 1 });
    expect(err).toBe("");
  });

  it("says that there is none, and which registries there are", async () => {
    expect(await schema("ls", "nothing", "--registry", "ours")).toMatchObject({
      code: 0,
      out: "",
      err: "evb: no schemas in ours\n",
    });
    const { code, err } = await schema("ls", "--registry", "our");
    expect([code, err]).toEqual([4, expect.stringContaining("no schema registry our")]);
    expect(err).toContain("did you mean ours?");
  });
});

describe("evb schema search", () => {
  it("finds words in every registry, with the versions that have them", async () => {
    const { code, lines } = await schema("search", "weight", "sku", "bucket", "--json");
    expect(code).toBe(0);
    expect(lines()).toEqual([
      { registry: "discovered-schemas", name: "com.shop@OrderPlaced", versions: ["2", "1"] },
      { registry: "ours", name: "com.shop.parcels@ParcelMoved", versions: ["2"] },
      { registry: "aws.events", name: "aws.s3@ObjectCreated", versions: ["1"] },
      { registry: "aws.events", name: "aws.s3@ObjectDeleted", versions: ["1"] },
    ]);
  });

  it("ends with 1 when there is nothing", async () => {
    expect(await schema("search", "bucket", "--registry", "ours")).toMatchObject({
      code: 1,
      out: "",
      err: 'evb: no schema with "bucket" in ours\n',
    });
  });
});

describe("evb schema show", () => {
  it("lists the fields of the detail", async () => {
    const { code, out } = await schema("show", "com.shop.parcels@ParcelMoved");
    expect(code).toBe(0);
    expect(out).toContain("registry     ours");
    expect(out).toContain("version      2 (others: 1)");
    expect(out).toMatch(/^state {2,}string {2,}yes {2,}where it is; one of "packed", "sent"$/m);
    expect(out).toMatch(/^sender\.agent {2,}anything {2,}no$/m);
    const discovered = (await schema("show", "com.shop@OrderPlaced")).out;
    expect(discovered).toContain("detail-type  Order Placed");
    expect(discovered).toMatch(/^at {2,}string \(date-time\) {2,}yes$/m);
    expect(discovered).toMatch(/^items {2,}array of object {2,}yes$/m);
    expect(discovered).toMatch(/^items\[\]\.sku {2,}string {2,}yes$/m);
  });

  it("has a frame at a terminal", async () => {
    const { out } = await evb(["schema", "show", "aws.ec2@EC2InstanceState-changeNotification"], {
      tty: true,
    });
    expect(out).toContain("│ instance-id │");
  });

  it("gives the schema itself as JSON, in any version", async () => {
    const latest = (await schema("show", "com.shop.parcels@ParcelMoved", "--json")).lines()[0];
    expect(latest).toMatchObject({
      registry: "ours",
      version: "2",
      versions: ["2", "1"],
      type: "JSONSchemaDraft4",
    });
    expect(latest!.content).toEqual(JSON.parse(parcel));
    const first = await schema("show", "com.shop.parcels@ParcelMoved", "--schema-version", "1", "--json");
    expect(first.lines()[0]!.content).toEqual({ $schema: "draft-04" });
  });

  it("says what is meant, and which versions there are", async () => {
    const { code, err } = await schema("show", "com.shop@OrderPlacd");
    expect(code).toBe(4);
    expect(err).toContain("no schema com.shop@OrderPlacd in any registry");
    expect(err).toContain("did you mean com.shop@OrderPlaced?");
    const old = await schema("show", "com.shop@OrderPlaced", "--schema-version", "7");
    expect([old.code, old.err]).toEqual([4, expect.stringContaining("has no version 7")]);
    expect(old.err).toContain("there are 2, 1");
    expect((await schema("show", "a@B", "--registry", "our")).err).toContain("did you mean ours?");
  });
});

describe("evb schema generate", () => {
  it("makes an event that the schema allows, one a line for a pipe", async () => {
    const { code, lines, err } = await schema("generate", "com.shop@OrderPlaced");
    expect([code, err]).toEqual([0, ""]);
    expect(lines()).toEqual([
      {
        version: "0",
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        source: "com.shop",
        "detail-type": "Order Placed",
        account: "123456789012",
        time: "2026-11-23T19:00:00Z",
        region: "us-east-1",
        resources: [],
        detail: {
          id: expect.stringMatching(/^id-/),
          at: "2026-11-23T19:00:00.000Z",
          total: expect.any(Number),
          gift: expect.any(Boolean),
          customer: { name: expect.any(String) },
          items: [{ sku: expect.any(String), count: expect.any(Number) }],
          note: expect.any(String),
        },
      },
    ]);
  });

  it("keeps to choices, bounds and lengths, and ends a type that is inside itself", async () => {
    const { lines, err } = await schema("generate", "com.shop.parcels@ParcelMoved");
    const { source, detail, ...rest } = lines()[0] as Record<string, never>;
    expect([source, rest["detail-type"]]).toEqual(["com.shop.parcels", "ParcelMoved"]);
    expect(err).toContain("taken from its name");
    checkParcel(detail);
    expect(detail).toHaveProperty("sender.agent.agent.name");
  });

  it("makes an event that put takes", async () => {
    const made = await schema("generate", "com.shop@OrderPlaced");
    const sent = await evb(["put", "-", "--json"], { stdin: made.out });
    expect([sent.code, sent.lines()[0]]).toMatchObject([0, { status: "published" }]);
    expect(taken.at(-1)!.detail).toEqual(made.lines()[0]!.detail);
  });

  it("makes a template that put renders, other each time, with variables", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "evb-schema-"));
    const { code, out } = await schema("generate", "com.shop.parcels@ParcelMoved", "--template");
    expect(code).toBe(0);
    expect(JSON.parse(out).$template.variables).toMatchObject({
      state: { default: { $eval: 'pick("packed", "sent")' }, type: "string", description: "where it is" },
      pieces: { type: "integer" },
    });
    writeFileSync(join(cwd, "parcel.json"), out);
    const put = async (...more: string[]) => {
      const { code, err } = await evb(["put", "parcel.json", "--quiet", ...more], { cwd });
      expect([code, err]).toEqual([0, ""]);
      return taken.at(-1)!;
    };
    const first = await put("--count", "2");
    expect([first.source, first["detail-type"]]).toEqual(["com.shop.parcels", "ParcelMoved"]);
    checkParcel(first.detail);
    expect(first.detail).not.toEqual(taken.at(-2)!.detail);
    expect((await put("--var", "state=sent", "--var", "weight=2.5")).detail).toMatchObject({
      state: "sent",
      weight: 2.5,
    });
  });

  it("warns that nobody but AWS may publish a source of AWS's", async () => {
    const { code, err } = await schema("generate", "aws.s3@ObjectCreated", "--template");
    expect([code, err]).toEqual([0, "evb: note: only AWS may publish as aws.s3: change the source\n"]);
  });
});

function checkParcel(detail: unknown): void {
  expect(detail).toMatchObject({
    state: expect.stringMatching(/^(packed|sent)$/),
    pieces: 4,
    code: expect.stringMatching(/^.{40}$/),
    now: expect.any(Boolean),
    "${odd} $name": expect.any(String),
    $key: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  const { weight } = detail as { weight: number };
  expect(weight).toBeGreaterThanOrEqual(2);
  expect(weight).toBeLessThanOrEqual(3);
}
