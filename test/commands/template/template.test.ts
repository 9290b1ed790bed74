import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startLocal } from "../../../src/local/start.ts";
import { makeWorld, runIn } from "../../world.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "evb-template-"));
  mkdirSync(join(folder, "templates/events"), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const template = (...argv: string[]) => runIn(makeWorld(["template", ...argv], { cwd: folder }));
const mine = `{
  "$template": { "description": "My own", "variables": { "who": {}, "n": { "default": 2 } } },
  "source": "shop",
  "detail-type": "T",
  "detail": { "who": "\${who}", "n": { "$eval": "n" } }
}
`;

describe("evb template ls", () => {
  it("lists names, descriptions and variables, one's own before the shipped ones", async () => {
    write("templates/mine.json", mine);
    write("templates/events/order-placed.json", '{"$template": {"description": "Ours"}, "source": "shop"}');
    write("templates/torn.json", "{");
    const { code, out, err } = await template("ls");
    expect(code).toBe(0);
    expect(out).toContain("mine\n  My own\n  variables: who (must be given), n\n");
    expect(out).toContain("order-placed\n  Ours\n");
    expect(out.match(/^order-placed$/gm)).toHaveLength(1);
    expect(out).toMatch(/^user-registered$/m);
    expect(err).toMatch(/^evb: templates\/torn\.json:1:2: no valid JSON/);
    const { lines } = await template("ls", "--json");
    expect(lines()[0]).toEqual({
      name: "mine",
      path: "templates/mine.json",
      description: "My own",
      variables: [
        { name: "who", type: "string" },
        { name: "n", type: "number", default: 2 },
      ],
    });
  });
});

describe("evb template show", () => {
  it("shows the file, and an example of what it makes", async () => {
    write("templates/mine.json", mine);
    expect((await template("show", "mine")).out).toBe(mine);
    const { code, out, err } = await template("show", "mine", "--render");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ source: "shop", "detail-type": "T", detail: { who: "who", n: 2 } });
    expect(err).toBe("evb: note: stand-ins for what must be given: who\n");
    const { lines } = await template("show", "mine", "--json");
    expect(lines()[0]).toMatchObject({ path: "templates/mine.json", description: "My own" });
  });

  it("of a name that nobody knows is an error", async () => {
    const { code, err } = await template("show", "order-plcaed");
    expect(code).toBe(2);
    expect(err).toContain("hint: did you mean order-placed?");
  });
});

describe("evb template check", () => {
  it("passes what can be sent", async () => {
    write("templates/mine.json", mine);
    expect(await template("check")).toMatchObject({ code: 0, out: "ok  templates/mine.json\n", err: "" });
    expect((await template("check", "order-placed", "user-registered")).code).toBe(0);
  });

  it("tells every fault with its place, and goes on", async () => {
    write("a.json", '{\n  "source": "${nme()}",\n  "detail-type": "T", "detail": {}\n}');
    write(
      "b.json",
      '[{"source": "aws.x", "detail-type": "T", "detail": {}}, {"source": "shop", "detail": 1}]',
    );
    write("c.json", mine);
    const { code, out, err } = await template("check", "a.json", "b.json", "c.json");
    expect(code).toBe(2);
    expect(out).toBe("ok  c.json\n");
    expect(err).toContain("evb: a.json:2:16: source: unknown function nme\n");
    expect(err).toContain("evb: b.json (event 1): source is aws.x: only AWS services may send");
    expect(err).toContain("evb: b.json (event 2): detail-type is missing; detail must be an object");
    const { lines } = await template("check", "c.json", "nowhere.json", "--json");
    expect(lines()).toMatchObject([
      { template: "c.json", ok: true, events: 1, faults: [] },
      { template: "nowhere.json", ok: false, faults: [expect.stringContaining("no template nowhere.json")] },
    ]);
  });

  it("without any template says so", async () => {
    const { code, err } = await template("check");
    expect(code).toBe(2);
    expect(err).toContain("evb: error: no templates in templates and templates/events");
  });
});

describe("evb template new", () => {
  const captured = JSON.stringify({
    version: "0",
    id: "550e8400-e29b-41d4-a716-446655440000",
    source: "shop",
    "detail-type": "Order Placed",
    account: "123456789012",
    time: "2026-01-02T03:04:05Z",
    region: "eu-west-1",
    resources: [],
    detail: { customer: "c-42", total: 9.5, password: "hunter22" },
  });
  const make = (argv: string[], stdin = captured, tty = false) =>
    runIn(makeWorld(["template", "new", ...argv], { cwd: folder, stdin, tty }));

  it("makes one of a captured event, which put takes", async () => {
    const { code, out, err } = await make(["order"]);
    expect([code, out]).toEqual([0, ""]);
    expect(err).toContain("evb: wrote templates/order.json (variables: customer, total, password)\n");
    expect(err).toContain("detail.password looks like a secret and was not kept");
    expect(err).toContain("hint: evb put order --var password=… --dry-run\n");
    expect(err).not.toContain("hunter22");
    const put = ["put", "order", "--var", "password=x", "--var", "total=3", "--dry-run", "--json"];
    const { lines } = await runIn(makeWorld(put, { cwd: folder }));
    expect(lines()[0]!.entry).toMatchObject({
      Source: "shop",
      DetailType: "Order Placed",
      Detail: { customer: "c-42", total: 3, password: "x" },
    });
  });

  it("writes over nothing, unless it is told to, and to standard output", async () => {
    write("templates/order.json", "mine");
    const { code, err } = await make(["order"]);
    expect([code, err]).toEqual([2, expect.stringContaining("templates/order.json is there already")]);
    expect((await make(["order", "--force", "--json"])).lines()).toMatchObject([
      { path: "templates/order.json" },
    ]);
    const shown = await make(["-", "--description", "Mine", "-e", captured], "");
    expect(JSON.parse(shown.out).$template.description).toBe("Mine");
  });

  it.each([
    ["", "no event in standard input"],
    [`${captured}\n${captured}\n`, "standard input:2: a template is made of one event"],
    ['{"source": "shop"}', "an event with source, detail-type and detail is needed"],
    ["{", "standard input:1:2: no valid JSON"],
  ])("of %j says what is needed", async (stdin, words) => {
    const { code, err } = await make(["order"], stdin);
    expect([code, err]).toEqual([2, expect.stringContaining(words)]);
  });

  it("asks nobody where nobody is to be asked", async () => {
    const { code, err } = await make(["order", "--no-input"], "", true);
    expect([code, err]).toEqual([2, expect.stringContaining("there is nothing to make the template of")]);
  });

  it("makes one of a schema", async () => {
    const local = await startLocal();
    try {
      const argv = ["template", "new", "s3", "--schema", "aws.s3@ObjectCreated", "--local"];
      const { code, err } = await runIn(makeWorld(argv, { cwd: folder, env: { EVB_LOCAL_URL: local.url } }));
      expect([code, err]).toEqual([0, expect.stringContaining("only AWS may publish as aws.s3")]);
      expect((await template("show", "s3", "--render")).code).toBe(0);
    } finally {
      await local.close();
    }
  });
});
