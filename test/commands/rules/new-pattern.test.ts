import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateRegistryCommand, CreateSchemaCommand, SchemasClient } from "@aws-sdk/client-schemas";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLocal } from "../../../src/local/start.ts";
import { ctrlC, down, enter, type Turn, talk, up } from "../../talk.ts";
import { makeWorld, runEvb, runIn } from "../../world.ts";

const event = (id: string, detail: object) =>
  JSON.stringify({ version: "0", id, source: "shop", "detail-type": "Order Placed", detail });
const lines = [
  event("1", { status: "PAID", total: 120 }),
  event("2", { status: "OPEN", total: 20 }),
  event("3", { status: "PAID", total: 5, note: "x" }),
];

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), "new-pattern-"));
  writeFileSync(join(cwd, "orders.ndjson"), lines.join("\n"));
});
afterAll(() => rmSync(cwd, { recursive: true }));

const make = (...argv: string[]) => runEvb(["rules", "new-pattern", ...argv], { cwd });
const ask = (turns: readonly Turn[], ...argv: string[]) =>
  talk(["rules", "new-pattern", "-e", "orders.ndjson", "--no-color", ...argv], turns, { cwd });

describe("evb rules new-pattern by flags", () => {
  it("prints the pattern, says how many events match, and why the others do not", async () => {
    const flags = ["--field", "detail.status=PAID", "--field", "detail.total:numeric:>:100"];
    const { code, out, err } = await make("-e", "orders.ndjson", ...flags, "--explain");
    expect([code, out]).toEqual([0, '{"detail":{"status":["PAID"],"total":[{"numeric":[">",100]}]}}\n']);
    expect(err).toMatch(/^orders\.ndjson:2\n[\s\S]*✗ status wanted "PAID", found "OPEN"\n/);
    expect(err).toContain("evb: matches 1 of 3 events\n");
    const tried = `evb test-pattern -p '${out.trim()}' -e orders.ndjson`;
    expect(err).toContain(`hint: ${tried}\n`);
    const verdicts = ["test-pattern", "-p", out.trim(), "-e", "orders.ndjson"];
    expect((await runEvb(verdicts, { cwd })).out).toBe("match\nno match\nno match\n");
  });

  it("tells a machine everything at once, the parser's warnings too", async () => {
    const { code, lines: told } = await make("--field", "detial.status=PAID", "--json");
    expect([code, told()]).toEqual([
      0,
      [
        {
          pattern: { detial: { status: ["PAID"] } },
          fields: ["detial.status=PAID"],
          warnings: [expect.stringContaining("EventBridge never sets this key")],
          ...{ matched: 0, total: 0 },
        },
      ],
    ]);
  });

  it.each<[readonly string[], string, string]>([
    [["--no-input", "-e", "orders.ndjson"], "which fields? nobody is there to answer", "--field"],
    [["--field", "detail.a:prefx:b"], "--field detail.a:prefx:b: no operator is called", "as in --field"],
    [["--field", "detail.a:cidr:10"], "AWS would refuse it: Malformed CIDR", ""],
    [["--field", "detail.a=b", "--field", "detail.a.b=c"], "detail.a is matched as a value", ""],
    [["--field", "a=b", "-e", "{"], "--event:1:2: no valid JSON", ""],
    [["--field", "a=b", "-e", "[]"], "no event in []", "one event a line"],
    [["--field", "a=b", "--registry", "r"], "--registry says something of a schema", ""],
    [["--field", "a=b", "--schema", "s", "-e", "{}"], "--event and --schema", "give one of them"],
  ])("%j is refused", async (argv, words, hint) => {
    const { code, out, err } = await make(...argv);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(words);
    expect(err).toContain(hint);
  });
});

describe("evb rules new-pattern at a terminal", () => {
  it("asks field by field, shows what matches and why not, takes back, and prints what does the same", async () => {
    const { code, out, err } = await ask([
      ["a field that the pattern asks for", down + down + enter],
      ["is a value  (equals)", enter],
      ["another value", enter],
      ["2 of 3 match", down + enter],
      ['wanted "PAID", found "OPEN"', down + down + down + down + down + down + enter],
      ["is a number in a range  (numeric)", down + enter],
      ["such as > 100 or >= 0 < 100", `ten${enter}`],
      ["a range is a sign and a number", `\x15>= 5 < 100${enter}`],
      ["1 of 3 match", down + down + enter],
      ["2 of 3 match", up + enter],
      ["its path, such", `detail.note${enter}`],
      ["back to the fields", up + up + enter],
      ["1 of 3 match", enter],
    ]);
    expect(code, err).toBe(0);
    expect(JSON.parse(out)).toEqual({ detail: { status: ["PAID"], note: [{ exists: false }] } });
    // Each thing that is said begins a line of its own.
    expect(err).toMatch(
      /\n.{0,12} {2}\{"detail":\{"status":\["PAID"\]\}\}\n {2}matches 2 of 3: orders\.ndjson:1, orders\.ndjson:3\n/,
    );
    expect(err).toMatch(/>= 5 < 100\S*\n\S* {2}\{"detail"/);
    const same = /the command that does the same: evb (.*)\n/.exec(err)![1]!;
    expect(same).toBe(
      "rules new-pattern -e orders.ndjson --field detail.status=PAID --field detail.note:exists:false",
    );
    expect(JSON.parse((await runEvb(same.split(" "), { cwd })).out)).toEqual(JSON.parse(out));
  });

  it("goes back from every question, and refuses at once what AWS would refuse", async () => {
    const { code, out, err } = await ask([
      ["a field that the pattern asks for", enter],
      ["back to the fields", down + enter],
      ["source begins with (none: back)", enter],
      ["back to the fields", up + enter],
      ["a field that the pattern asks for", enter],
      ["is a value  (equals)", enter],
      ["another value", down + enter],
      ["a text, or :=", enter],
      ["another value", down + enter],
      ["a text, or :=", `:=1${enter}`],
      ["0 of 3 match", up + enter],
      ["its path, such", `source.x${enter}`],
      ["is a value  (equals)", down + down + enter],
      ["source.x begins with (none", `y${enter}`],
      ["source is matched as a value, so source.x below it cannot", ctrlC],
    ]);
    expect([code, out], err).toEqual([130, ""]);
  });

  it("leaves with 130 at Ctrl-C, and nothing on standard output", async () => {
    const { code, out } = await ask([["a field that the pattern asks for", ctrlC]]);
    expect([code, out]).toEqual([130, ""]);
  });

  it("needs something to pick from", async () => {
    const { code, err } = await talk(["rules", "new-pattern"], [], { cwd });
    expect([code, err]).toEqual([
      2,
      expect.stringContaining("give --event with an event or a file of events"),
    ]);
  });

  it("offers the fields of a schema, with the values that it allows", async () => {
    const local = await startLocal();
    try {
      const client = new SchemasClient({
        endpoint: local.url,
        region: local.region,
        credentials: { accessKeyId: "x", secretAccessKey: "x" },
      });
      const Content = JSON.stringify({
        openapi: "3.0.0",
        info: { version: "1", title: "t" },
        paths: {},
        components: {
          schemas: {
            AWSEvent: {
              type: "object",
              "x-amazon-events-source": "shop",
              "x-amazon-events-detail-type": "Order Placed",
              properties: {
                "detail-type": { type: "string" },
                detail: {
                  type: "object",
                  properties: { status: { type: "string", enum: ["OPEN", "PAID"] } },
                },
              },
            },
          },
        },
      });
      const name = { RegistryName: "own", SchemaName: "shop@OrderPlaced" };
      await client.send(new CreateRegistryCommand({ RegistryName: "own" }));
      await client.send(new CreateSchemaCommand({ ...name, Type: "OpenApi3", Content }));
      const argv = ["rules", "new-pattern", "--schema", "shop@OrderPlaced", "--local"];
      const env = { EVB_LOCAL_URL: local.url };
      const { code, out, err } = await talk(
        argv,
        [
          ['detail.status  "OPEN", "PAID"', down + down + enter],
          ["is a value  (equals)", enter],
          ["another value", down + enter],
          ["of 1 match", enter],
        ],
        { cwd, env },
      );
      expect([code, JSON.parse(out)], err).toEqual([0, { detail: { status: ["PAID"] } }]);
      expect(err).toContain(
        `hint: evb schema generate shop@OrderPlaced --local | evb test-pattern -p '{"detail":{"status":["PAID"]}}'\n`,
      );
      const gone = makeWorld(["rules", "new-pattern", "--schema", "x@Y", "--field", "a=b", "--local"], {
        env,
      });
      expect(await runIn(gone)).toMatchObject({ code: 4, err: expect.stringContaining("no schema x@Y") });
    } finally {
      await local.close();
    }
  });
});
