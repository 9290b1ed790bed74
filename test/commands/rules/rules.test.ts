import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Local, startLocal } from "../../../src/local/start.ts";
import { runEvb } from "../../world.ts";

let local: Local;
let cwd: string;
const file = (name: string) => join(cwd, name);

/** Two buses; the second is where the first one sends to. Something is wrong with most rules. */
const shop = {
  buses: {
    shop: {
      rules: {
        billing: {
          pattern: { source: ["shop"], detail: { order: { id: [{ exists: true }], total: [1.5] } } },
          targets: [
            {
              id: "invoice",
              queue: "invoice",
              deadLetterQueue: "dlq",
              inputTransformer: { inputPathsMap: { o: "$.detail.order.id" }, inputTemplate: '{"o":<o>}' },
            },
          ],
        },
        onward: { pattern: { source: ["shop"] }, targets: [{ id: "bank", bus: "bank" }] },
        off: { pattern: { source: ["old"] }, state: "DISABLED", targets: [{ id: "shut", queue: "shut" }] },
      },
    },
    bank: {
      rules: { back: { pattern: { source: ["shop"] }, targets: [{ id: "shop", bus: "shop" }] } },
    },
  },
  queues: { invoice: {}, dlq: {}, shut: { policy: "none" } },
};

beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), "evb-rules-"));
  local = await startLocal();
  writeFileSync(file("shop.json"), JSON.stringify(shop, null, 2));
  const { code, err } = await evb("local", "apply", "shop.json", "--local");
  expect({ code, err }).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await local[Symbol.asyncDispose]();
  rmSync(cwd, { recursive: true });
});

const evb = (...argv: string[]) => runEvb(argv, { cwd, env: { EVB_LOCAL_URL: local.url } });
const rules = (...argv: string[]) => evb("rules", ...argv);
const deployed = (...argv: string[]) => rules(...argv, "--local", "-b", "shop");

describe("evb rules on a deployed bus", () => {
  it("ls lists its rules and no others", async () => {
    const { code, out, err } = await deployed("ls");
    expect({ code, err }).toEqual({ code: 0, err: "evb: 3 rules on bus shop\n" });
    expect(out.split("\n").map((line) => line.split(/ {2,}/))).toEqual([
      ["RULE", "STATE", "TAKES", "TARGETS", "DEAD LETTERS TO"],
      ["billing", "enabled", "shop", "detail.order.id, detail.order.total", "invoice", "dlq"],
      ["off", "disabled", "old", "shut", "none"],
      ["onward", "enabled", "shop", "bank", "none"],
      [""],
    ]);
    expect((await deployed("ls", "--json")).lines()).toMatchObject([
      { rule: "billing", bus: "shop", pattern: { source: ["shop"] }, targets: [{ id: "invoice" }] },
      { rule: "off", state: "DISABLED" },
      { rule: "onward" },
    ]);
  });

  it("show finds one by name and by ARN, and says which is near", async () => {
    const { out } = await deployed("show", "billing", "--json");
    expect(JSON.parse(out)).toMatchObject({
      rule: "billing",
      targets: [
        {
          inputTransformer: { inputPathsMap: { o: "$.detail.order.id" } },
          deadLetterArn: expect.stringMatching(/:dlq$/),
        },
      ],
    });
    const arn = JSON.parse(out).arn as string;
    expect((await deployed("show", arn)).out).toContain("<o>         $.detail.order.id");
    expect(await deployed("show", "biling")).toMatchObject({
      code: 4,
      err: "evb: error: event bus shop has no rule biling\nhint: is billing meant?\n",
    });
  });

  it("lint asks the queues, and the bus behind it", async () => {
    const { code, lines, err } = await deployed("lint", "--format", "json", "--severity", "warning");
    expect(code).toBe(1);
    expect(lines().map(({ rule, id }) => `${rule} ${id}`)).toEqual([
      "onward bus-loop",
      "off queue-refuses",
      "off target-without-dlq",
      "onward target-without-dlq",
    ]);
    expect(err).toBe("evb: 3 rules of shop: 2 errors, 2 warnings\n");
    const without = await deployed("lint", "--no-queues", "--json", "--severity", "error");
    expect(without.lines().map(({ id }) => id)).toEqual(["bus-loop"]);
  });

  it("lint ends with 0 when all that it finds is switched off", async () => {
    const ids = "bus-loop,queue-refuses,target-without-dlq,default-retry,rule-disabled";
    expect(await deployed("lint", "--disable", ids)).toMatchObject({
      code: 0,
      out: "",
      err: "evb: 3 rules of shop: nothing found\n",
    });
  });

  it("export writes what every --from reads back to the same rules", async () => {
    const { code, err } = await deployed("export", "-o", "export.json");
    expect({ code, err }).toEqual({
      code: 0,
      err: "evb: 2 buses, 4 rules, 3 queues written to export.json\n",
    });
    const strip = ({ place, ...rule }: Record<string, unknown>) => rule;
    const before = (await deployed("ls", "--json")).lines();
    const after = (await rules("ls", "--from", "export.json", "-b", "shop", "--json")).lines();
    expect(after.map(strip)).toEqual(before.map(strip));
    // The queues' policies come with it, and are judged as before.
    const found = await rules("lint", "--from", "export.json", "-b", "shop", "--json", "--severity", "error");
    expect(
      found
        .lines()
        .map(({ rule, id }) => `${rule} ${id}`)
        .sort(),
    ).toEqual(["off queue-refuses", "onward bus-loop"]);
    expect(JSON.parse(readFileSync(file("export.json"), "utf8"))).toMatchObject({
      home: { region: "us-east-1", account: "000000000000" },
      queues: { invoice: {}, shut: { policy: "none" } },
    });
    expect(await deployed("export", "-o", "export.json")).toMatchObject({
      code: 2,
      err: expect.stringContaining("export.json is there already"),
    });
    expect(await deployed("export", "-o", "export.json", "--force", "-q")).toMatchObject({
      code: 0,
      err: "",
    });
    expect(await deployed("export", "-o", "none/export.json")).toMatchObject({ code: 2 });
  });

  it("an export of an account runs on an emulator, and delivers", async () => {
    await deployed("export", "-o", "again.json");
    const text = readFileSync(file("again.json"), "utf8");
    writeFileSync(
      file("again.json"),
      text.replaceAll("000000000000", "123456789012").replaceAll("us-east-1", "eu-west-1"),
    );
    await using other = await startLocal();
    const there = (...argv: string[]) =>
      runEvb([...argv, "--local"], { cwd, env: { EVB_LOCAL_URL: other.url } });
    const applied = await there("local", "apply", "again.json");
    expect(applied).toMatchObject({ code: 0, err: "evb: 2 buses, 4 rules, 3 queues from again.json\n" });
    const detail = '{"order":{"id":"A-1","total":1.50}}';
    const put = await there(
      "put",
      "-b",
      "shop",
      "--source",
      "shop",
      "--detail-type",
      "Paid",
      "--detail",
      detail,
    );
    expect(put.code).toBe(0);
    expect((await there("dlq", "peek", "invoice", "--json", "-q")).out).toContain('"event":{"o":"A-1"}');
  });

  it("usages tells who reads a field, and ends with 1 when nobody does", async () => {
    const { code, lines } = await deployed("usages", "detail.order", "--json");
    expect(code).toBe(0);
    expect(lines().map(({ rule, where, path, relation }) => [rule, where, path, relation])).toEqual([
      ["billing", "pattern", "detail.order.id", "below"],
      ["billing", "pattern", "detail.order.total", "below"],
      ["billing", "InputPathsMap.o", "$.detail.order.id", "below"],
    ]);
    expect(await deployed("usages", "detail.customer")).toMatchObject({
      code: 1,
      out: "",
      err: "evb: no rule of shop reads detail.customer\n",
    });
    expect(await deployed("usages", "detail..x")).toMatchObject({ code: 2 });
  });

  it("graph draws it in every form", async () => {
    expect((await deployed("graph")).out).toMatch(/^flowchart LR\n/);
    expect((await deployed("graph", "--format", "dot")).out).toMatch(/^digraph buses \{/);
    expect((await deployed("graph", "--format", "svg")).out).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
    expect((await deployed("graph", "--format", "html")).out).toContain("<title>Event bus shop</title>");
    const { nodes, edges } = JSON.parse((await deployed("graph", "--json")).out);
    expect(nodes).toContainEqual({ id: "n0", kind: "bus", label: "shop", note: "event bus" });
    expect(edges.length).toBeGreaterThan(5);
  });

  it("and one that does not exist", async () => {
    expect(await rules("lint", "--local", "-b", "gone")).toMatchObject({
      code: 4,
      err: expect.stringContaining("event bus gone does not exist"),
    });
  });
});

describe("evb rules on a file", () => {
  it("reads all of its buses, or the one that is named", async () => {
    const names = async (...argv: string[]) =>
      (await rules("ls", "--from", "shop.json", "--json", ...argv)).lines().map(({ rule }) => rule);
    expect(await names()).toEqual(["billing", "onward", "off", "back"]);
    expect(await names("-b", "bank")).toEqual(["back"]);
    expect(await rules("ls", "--from", "shop.json", "-b", "bnk")).toMatchObject({
      code: 2,
      err: expect.stringContaining("is bank meant?"),
    });
    expect(await rules("show", "--from", "shop.json", "blling")).toMatchObject({ code: 2 });
  });

  it("of two accounts is exported by one bus at a time: a bus file has one of a name", async () => {
    const stack = (account: string) => ({
      type: "aws:cloudformation:stack",
      environment: `aws://${account}/eu-west-1`,
      properties: { templateFile: "stack.json" },
    });
    const artifacts = { Dev: stack("111111111111"), Prod: stack("222222222222") };
    writeFileSync(file("manifest.json"), JSON.stringify({ version: "36.0.0", artifacts }));
    const Properties = { Name: "r", EventPattern: { source: ["a"] }, Targets: [] };
    writeFileSync(
      file("stack.json"),
      JSON.stringify({ Resources: { R: { Type: "AWS::Events::Rule", Properties } } }),
    );
    const prod = "arn:aws:events:eu-west-1:222222222222:event-bus/default";
    expect(await rules("export", "--from", "manifest.json")).toMatchObject({
      code: 2,
      err: expect.stringContaining("2 event buses are called default"),
    });
    const { code, out } = await rules("export", "--from", "manifest.json", "-b", prod);
    expect({ code, rules: JSON.parse(out).buses.default.rules }).toMatchObject({ code: 0, rules: { r: {} } });
  });

  it("lint names the line, in each format", async () => {
    const lint = (...argv: string[]) => rules("lint", "--from", "shop.json", "-b", "shop", ...argv);
    const { out } = await lint("--severity", "error");
    expect(out).toMatch(/^shop\.json:\d+:\d+: error: rule onward of bus shop and rule back of bus bank/m);
    const github = (await lint("--format", "github", "--disable", "default-retry")).out.split("\n");
    expect(github).toContainEqual(
      expect.stringMatching(
        /^::notice file=shop\.json,line=\d+,col=\d+,title=evb rule-disabled::rule off is disabled/,
      ),
    );
    // A job may work in a folder; GitHub knows files from the root of the repository.
    const env = { GITHUB_WORKSPACE: join(cwd, "..") };
    const below = await runEvb(["rules", "lint", "--from", "shop.json", "--format", "github"], { cwd, env });
    expect(below.out).toContain(`file=${basename(cwd)}/shop.json,line=`);
    const sarif = JSON.parse((await lint("--format", "sarif")).out);
    const result = sarif.runs[0].results.find(({ ruleId }: { ruleId: string }) => ruleId === "queue-refuses");
    expect(result).toMatchObject({
      level: "error",
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "shop.json" },
            region: { startLine: expect.any(Number) },
          },
        },
      ],
    });
    expect(sarif.runs[0].tool.driver.rules[result.ruleIndex].id).toBe("queue-refuses");
    const line = readFileSync(file("shop.json"), "utf8").split("\n")[
      result.locations[0].physicalLocation.region.startLine - 1
    ];
    expect(line?.trim()).toBe("{");
  });

  it("lint tells what switches nothing off", async () => {
    const text =
      "buses: # evb-lint-disable-line\n  b: # evb-lint-disable-line dlq-fifo, bus-lop -- why\n    rules: {}\n";
    writeFileSync(file("switches.yaml"), text);
    const { code, err } = await rules("lint", "--from", "switches.yaml");
    expect({ code, err: err.split("\n") }).toEqual({
      code: 0,
      err: [
        "evb: warning: switches.yaml:1:7: names no check, so nothing is switched off by it",
        "evb: warning: switches.yaml:2:5: no check is called bus-lop, so nothing is switched off by it",
        "evb: 0 rules of switches.yaml: nothing found",
        "",
      ],
    });
  });

  it("refuses what is no check, no format and no file", async () => {
    expect(await rules("lint", "--from", "shop.json", "--disable", "bus-lop")).toMatchObject({
      code: 2,
      err: expect.stringContaining("no check is called bus-lop; is bus-loop meant?"),
    });
    expect(await rules("lint", "--from", "shop.json", "--format", "xml")).toMatchObject({ code: 2 });
    expect(await rules("graph", "--from", "gone.json")).toMatchObject({ code: 2 });
    expect(await rules()).toMatchObject({
      code: 2,
      err: expect.stringContaining("evb rules --help lists them"),
    });
  });

  it("tells what stays open in an export", async () => {
    writeFileSync(
      file("open.yaml"),
      "Resources:\n  R:\n    Type: AWS::Events::Rule\n    Properties:\n      EventPattern: {source: [!ImportValue shared]}\n      Targets: []\n",
    );
    const { code, out, err } = await rules("export", "--from", "open.yaml");
    expect(code).toBe(0);
    expect(err).toContain("ImportValue shared");
    writeFileSync(file("open.json"), out);
    expect(await evb("route", "--from", "open.json", "-e", '{"source":"a"}')).toMatchObject({
      out: expect.stringContaining("depends on ImportValue shared"),
    });
  });
});
