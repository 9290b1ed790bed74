import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateRegistryCommand,
  CreateSchemaCommand,
  SchemasClient,
  UpdateSchemaCommand,
} from "@aws-sdk/client-schemas";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSchemaSource } from "../../../src/commands/schema-source.ts";
import type { Stage } from "../../../src/commands/stage.ts";
import { windableClock } from "../../../src/local/clock.ts";
import { type Local, startLocal } from "../../../src/local/start.ts";
import { makeWorld, runEvb, type TestWorldOptions } from "../../world.ts";

let local: Local;
let schemas: SchemasClient;
/** Every event that a bus has taken. */
const taken: unknown[] = [];
const cwd = mkdtempSync(join(tmpdir(), "evb-validate-"));
const order = (id: object) =>
  JSON.stringify({
    $schema: "http://json-schema.org/draft-04/schema#",
    "x-amazon-events-source": "shop",
    "x-amazon-events-detail-type": "Order Placed",
    type: "object",
    properties: { "detail-type": {}, detail: { type: "object", required: ["id"], properties: { id } } },
  });
const event = (detail: object, detailType = "Order Placed") =>
  JSON.stringify({ source: "shop", "detail-type": detailType, detail });
const good = event({ id: "o-1" });
const bad = event({ id: 1 });

beforeAll(async () => {
  local = await startLocal({ events: { onEvent: (text) => taken.push(JSON.parse(text)) } });
  schemas = new SchemasClient({
    endpoint: local.url,
    region: local.region,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  await schemas.send(new CreateRegistryCommand({ RegistryName: "ours" }));
  const name = { RegistryName: "ours", SchemaName: "orders", Type: "JSONSchemaDraft4" as const };
  await schemas.send(new CreateSchemaCommand({ ...name, Content: order({ type: "integer" }) }));
  await schemas.send(new UpdateSchemaCommand({ ...name, Content: order({ type: "string" }) }));
});
afterAll(async () => {
  schemas.destroy();
  await local.close();
  rmSync(cwd, { recursive: true, force: true });
});

const evb = (argv: readonly string[], options: TestWorldOptions = {}) =>
  runEvb([...argv, "--local"], { cwd, ...options, env: { EVB_LOCAL_URL: local.url } });

describe("evb put --validate", () => {
  it("sends nothing when one detail does not fit, and says where, what was wanted and what found", async () => {
    writeFileSync(join(cwd, "events.ndjson"), `${good}\n${bad}\n${event({}, "Order Lost")}\n`);
    const { code, err } = await evb(["put", "events.ndjson", "--validate", "ours"]);
    expect(code).toBe(2);
    expect(err).toContain(
      "evb: events.ndjson:2: detail.id: wanted a string, found 1 (schema orders, version 2, ours)\n",
    );
    expect(err).toContain(
      'events.ndjson:3: there is no schema for "Order Lost" of shop in the registry ours',
    );
    expect(taken).toEqual([]);
  });

  it("sends what fits, by a schema of any registry, in the version that is asked for", async () => {
    expect((await evb(["put", "-", "--validate"], { stdin: good })).code).toBe(0);
    expect(taken).toHaveLength(1);
    const old = await evb(["put", "-", "--validate", "--schema-version", "1"], { stdin: good });
    expect([old.code, old.err]).toEqual([2, expect.stringContaining('wanted an integer, found "o-1"')]);
  });

  it("leaves out what does not fit with --skip-invalid, and keeps it", async () => {
    const argv = ["put", "-", "--validate", "ours", "--skip-invalid", "--failed", "failed.ndjson"];
    const { code, err } = await evb(argv, { stdin: `${bad}\n${good}\n` });
    expect([code, err]).toEqual([3, expect.stringContaining("1 broken event left out")]);
    const again = await evb(["put", "failed.ndjson", "--set", "detail.id=x", "--validate", "ours"]);
    expect(again.code).toBe(0);
  });

  it("says what is meant when the registry is not there, or the flag has swallowed a template", async () => {
    const { code, err } = await evb(["put", "-", "--validate", "our"], { stdin: good });
    expect([code, err]).toEqual([4, expect.stringContaining("did you mean ours?")]);
    expect((await evb(["put", "--validate", "order-placed"])).err).toContain("write templates before it");
    expect((await evb(["put", "-", "--schema-version", "1"])).code).toBe(2);
  });
});

describe("a folder of schemas", () => {
  it("needs no network", async () => {
    mkdirSync(join(cwd, "schemas"));
    const shown = await evb(["schema", "show", "orders", "--json"]);
    writeFileSync(join(cwd, "schemas/orders.json"), shown.out);
    writeFileSync(join(cwd, "schemas/shop@OrderLost.json"), '{"required":["why"]}');
    writeFileSync(join(cwd, "t.json"), bad);
    const offline = { cwd, env: { AWS_ENDPOINT_URL: "http://127.0.0.1:9" } };
    const checked = await runEvb(["template", "check", "t.json", "--validate", "schemas"], offline);
    expect([checked.code, checked.err]).toEqual([
      2,
      expect.stringContaining("t.json: detail.id: wanted a string"),
    ]);
    const stdin = `${good}\n${event({}, "Order Lost")}\n${event({}, "Other")}\n{"source":"x"}\n`;
    const validate = ["schema", "validate", "--registry", "schemas"];
    const judged = await runEvb(validate, { ...offline, stdin });
    expect(judged.code).toBe(2);
    expect(judged.out).toBe(
      [
        "valid  standard input:1  shop  Order Placed  (orders, version 2)",
        "invalid  standard input:2  shop  Order Lost  (shop@OrderLost, version 1)",
        "  detail.why: wanted a value (it is required), found nothing",
        "no schema  standard input:3  shop  Other  (the folder schemas)",
        "",
      ].join("\n"),
    );
    expect(judged.err).toBe("evb: standard input:4: the event has no detail-type\n");
    const json = await runEvb([...validate, "-e", bad, "--json"], offline);
    expect([json.code, json.lines()]).toEqual([
      1,
      [
        {
          index: 0,
          valid: false,
          schema: "orders, version 2",
          mismatches: [{ path: "detail.id", wanted: "a string", found: "1" }],
        },
      ],
    ]);
  });

  it("is refused when it is none, or empty", async () => {
    mkdirSync(join(cwd, "empty"));
    const { code, err } = await evb(["put", "-", "--validate", "empty"], { stdin: good });
    expect([code, err]).toEqual([2, expect.stringContaining("there are no schemas (*.json) in empty")]);
    expect((await evb(["put", "-", "--validate", "./nowhere"], { stdin: good })).err).toContain(
      "neither a folder of schemas nor the name of a registry",
    );
  });
});

describe("evb schema validate", () => {
  it("takes the schema that is named", async () => {
    const argv = ["schema", "validate", "orders", "-e", event({ id: 1 }, "Whatever")];
    expect((await evb(argv)).code).toBe(1);
    expect((await evb([...argv, "--schema-version", "1"])).code).toBe(0);
    expect((await evb(["schema", "validate", "order", "-e", good])).err).toContain("did you mean orders?");
  });
});

describe("the cache of schemas", () => {
  it("is the user's alone, is asked first, and grows old", async () => {
    const clock = windableClock(Date.parse("2026-11-23T19:00:00.000Z"));
    const world = makeWorld([], { clock, env: { XDG_CACHE_HOME: join(cwd, "cache") } });
    const connection = { where: "eu-west-1", local: false, schemas: async () => schemas };
    const stage = { world, global: {}, connect: async () => connection } as unknown as Stage;
    const name = { RegistryName: "ours", SchemaName: "shop@Kept" };
    const find = async (maxAge?: number) =>
      (await (await openSchemaSource({ place: "ours", maxAge }, stage)).find("shop", "Kept"))?.version;
    expect(await find()).toBeUndefined();
    await schemas.send(
      new CreateSchemaCommand({ ...name, Type: "JSONSchemaDraft4", Content: '{"$schema":"draft-04"}' }),
    );
    expect(await find()).toBe("1");
    expect(statSync(join(cwd, "cache/evb/schemas")).mode & 0o777).toBe(0o700);
    await schemas.send(new UpdateSchemaCommand({ ...name, Content: '{"$schema":"draft-04","title":"new"}' }));
    expect(await find()).toBe("1");
    expect(await find(0)).toBe("2");
    await schemas.send(
      new UpdateSchemaCommand({ ...name, Content: '{"$schema":"draft-04","title":"newer"}' }),
    );
    expect(await find()).toBe("2");
    await clock.advance(3_600_001);
    expect(await find()).toBe("3");
  });
});
