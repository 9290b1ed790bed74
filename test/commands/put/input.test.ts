import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { runIn } from "../../world.ts";
import { type Lab, ndjson, openLab } from "./lab.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(() => lab[Symbol.asyncDispose]());
/** Whatever is wrong with the input, nothing may have been sent. */
afterEach(() => expect(lab.calls).toEqual([]));

const event = { source: "shop", "detail-type": "T", detail: {} };
const errorOf = async (argv: readonly string[], stdin = "") => {
  const { code, out, err } = await lab.put(argv, { stdin });
  expect([code, out]).toEqual([2, ""]);
  const lines = err.trimEnd().split("\n");
  const hints = lines.filter((line) => line.startsWith("hint: "));
  return { lines: lines.filter((line) => !line.startsWith("hint: ")), hints };
};

describe("bad usage", () => {
  it.each([
    [[], "nothing to publish"],
    [["--source", "shop", "--detail-type", "T"], "the event: detail is missing: {} is the least"],
    [["-", "--detail", "-"], "standard input can be read only once, and - was given more than once"],
    [["-", "--count", "2"], "--count renders templates, and standard input holds events"],
    [["-", "--set", "detail.x"], "--set detail.x: expected path=text or path:=json"],
    [["-", "--var", "x"], "--var x: expected name=value"],
    [["-", "--var", "x=1"], "--var x: there is no template"],
    [
      ["-", "--trace-header", "Sampled=1"],
      "--trace-header has no Root: expected Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1",
    ],
    [["-", "-b", "a bus"], '--bus is no bus name: "a bus" (letters, digits, ".", "-", "_" and "/")'],
    [["-", "--rate", "0"], "option '--rate <n>' argument '0' is invalid. expected a number above 0"],
    [["-", "--detail", "nowhere.json"], "no such file: nowhere.json"],
    [["-", "--detail", '{"a":'], "--detail:1:6: no valid JSON: expected a value but the text ends"],
  ])("%j", async (argv, sentence) => {
    expect((await errorOf(argv)).lines).toEqual([`evb: error: ${sentence}`]);
  });

  it("--failed does not overwrite what is read, and is tried beforehand", async () => {
    lab.write("in.ndjson", ndjson(1));
    expect((await errorOf(["in.ndjson", "-b", "orders", "--failed", "./in.ndjson"])).lines[0]).toContain(
      "is the file that the events are read from",
    );
    expect(lab.read("in.ndjson")).toBe(ndjson(1));
    const { lines } = await errorOf(["in.ndjson", "-b", "orders", "--failed", "no/such/folder"]);
    expect(lines).toEqual(["evb: error: no/such/folder cannot be written: its folder does not exist"]);
  });
});

describe("bad events", () => {
  it("one is an error with its place", async () => {
    const { lines } = await errorOf(["-"], `${JSON.stringify(event)}\n{"source":"shop","detail":[]}\n`);
    expect(lines).toEqual([
      "evb: error: standard input:2: detail-type is missing; detail must be an object, found an array",
    ]);
  });

  it("are told where a text is no UTF-8, and where an array is cut off", async () => {
    const odd = Buffer.concat([
      Buffer.from(ndjson(1)),
      Buffer.from('{"a":"'),
      Buffer.of(0xff),
      Buffer.from('"}'),
    ]);
    lab.write("odd.ndjson", odd);
    expect((await errorOf(["odd.ndjson"])).lines).toEqual([
      "evb: error: odd.ndjson:2: the text is not UTF-8",
    ]);
    const { lines } = await errorOf(["-"], `[${JSON.stringify(event)}\n`);
    expect(lines).toEqual([
      "evb: error: standard input:2:2: no valid JSON: expected a value but the text ends",
    ]);
  });

  it("several are told all at once, before anything is sent", async () => {
    const broken = [
      { ...event, source: "aws.s3" },
      { ...event, "detail-type": "x".repeat(129) },
      event,
      { ...event, detail: "x" },
    ];
    lab.write("events.ndjson", broken.map((e) => JSON.stringify(e)).join("\n"));
    const { lines, hints } = await errorOf(["events.ndjson"]);
    expect(lines).toEqual([
      "evb: events.ndjson:1: source is aws.s3: only AWS services may send from a source that begins with aws.",
      "evb: events.ndjson:2: detail-type has 129 characters; at most 128 are allowed",
      'evb: events.ndjson:4: detail must be an object or the JSON text of one, found a text with a fault at 1:1: expected a value but found "x"',
      "evb: error: 3 of 4 events cannot be sent; nothing was sent",
    ]);
    expect(hints).toEqual([
      "hint: for a test give another one, such as --source test.ec2, and let the pattern match it too",
    ]);
  });

  it("that are no JSON have line and column", async () => {
    const { lines } = await errorOf(["-"], `${JSON.stringify(event)}\n{"source": shop}\n`);
    expect(lines).toEqual(['evb: error: standard input:2:12: no valid JSON: expected a value but found "s"']);
  });

  it("that are too large", async () => {
    const { lines } = await errorOf(
      ["-"],
      JSON.stringify({ ...event, detail: { a: "x".repeat(1024 * 1024) } }),
    );
    expect(lines[0]).toMatch(
      /^evb: error: standard input:1: the event has 10485\d\d bytes; it must be less than 1048576$/,
    );
  });

  it("that --set cannot be carried out on", async () => {
    const { lines } = await errorOf(
      ["-", "--set", "detail.a.b=1"],
      JSON.stringify({ ...event, detail: { a: 1 } }),
    );
    expect(lines).toEqual(["evb: error: standard input:1: detail.a is a number, so it has no field b"]);
  });
});

describe("bad templates", () => {
  it("a name that nobody knows lists near ones", async () => {
    expect(await errorOf(["order-plcaed"])).toEqual({
      lines: [
        "evb: error: no template order-plcaed: no such file, nor a name in ./templates or among the shipped ones",
      ],
      hints: ["hint: did you mean order-placed?"],
    });
    expect((await errorOf(["zzz"])).hints[0]).toContain(
      "audit-recorded, ec2-instance-state-change, file-uploaded",
    );
  });

  it("are found in ./templates before the shipped ones", async () => {
    mkdirSync(join(lab.folder, "templates/events"), { recursive: true });
    lab.write("templates/mine.json", "{}");
    lab.write("templates/events/order-placed.json", '{"detail": {}}');
    expect((await errorOf(["mine"])).lines[0]).toContain("templates/mine.json: source is missing");
    expect((await errorOf(["order-placed"])).lines[0]).toContain(
      "templates/events/order-placed.json: source is missing",
    );
  });

  it("name the place of a fault", async () => {
    lab.write("t.json", '{\n  "source": "shop",\n  "detail": {"id": "${uuidd()}"}\n}');
    expect(await errorOf(["t.json"])).toEqual({
      lines: ["evb: error: t.json:3:23: detail.id: unknown function uuidd"],
      hints: ["hint: did you mean uuid?"],
    });
    lab.write("broken.json", '{\n  "source": "shop"\n  "detail": {}\n}');
    expect((await errorOf(["broken.json"])).lines[0]).toContain(
      "broken.json:3:3: no valid JSON: expected ',' or '}'",
    );
  });

  it("ask for all values that are missing at once", async () => {
    const head = {
      variables: {
        customer: { description: "customer id" },
        total: { type: "number" },
        note: { default: "" },
      },
    };
    lab.write(
      "v.json",
      JSON.stringify(
        { $template: head, ...event, detail: { c: "${customer}", t: { $eval: "total" }, x: "${extra}" } },
        null,
        1,
      ),
    );
    const { lines, hints } = await errorOf(["v.json", "--var", "note=x"]);
    expect(lines).toEqual([
      "evb: error: the template needs values for customer (v.json:4:5), total (v.json:7:5), extra (v.json:22:11)",
    ]);
    expect(hints).toEqual([
      "hint: give them: --var customer=… --var total=… --var extra=…, or --vars FILE",
      "hint: customer: customer id",
    ]);
    expect((await errorOf(["v.json", "--var", "custmer=x"])).hints).toEqual(["hint: did you mean customer?"]);
    const wrong = await errorOf(["v.json", "--vars", '{"customer":"c","total":"much","extra":1}']);
    expect(wrong.lines).toEqual(['evb: error: v.json: the variable total wants a number, found "much"']);
    expect((await errorOf(["v.json", "--vars", "[]"])).lines[0]).toContain(
      "--vars: expected an object of values",
    );
  });

  it("are asked for at a terminal", async () => {
    lab.write(
      "ask.json",
      JSON.stringify({
        $template: { variables: { n: { type: "integer", description: "how many" } } },
        ...event,
        detail: { n: { $eval: "n" } },
      }),
    );
    const asked = async (words: string) => expect.poll(() => world.err(), { timeout: 5000 }).toContain(words);
    const keys = async function* () {
      await asked("n (how many, integer)");
      yield "x";
      yield "\r";
      await asked('the variable n wants a whole number, found "x"');
      yield "\x7f";
      yield "7";
      yield "\r";
    };
    const argv = ["ask.json", "-b", "orders", "--dry-run", "--json"];
    const world = lab.world(argv, { tty: true, stdin: keys() });
    const { code, lines } = await runIn(world);
    expect(code).toBe(0);
    expect(lines()[0]).toMatchObject({ entry: { Detail: { n: 7 } } });
    const refused = await runIn(lab.world(["ask.json", "--no-input"], { tty: true }));
    expect([refused.code, refused.err.split("\n")[0]]).toEqual([
      2,
      "evb: error: the template needs a value for n (ask.json:1:29)",
    ]);
  });

  it("that may not be read", async () => {
    lab.write("secret.json", "{}");
    chmodSync(join(lab.folder, "secret.json"), 0);
    if (process.getuid?.() === 0) return;
    expect((await errorOf(["secret.json"])).lines[0]).toContain("may not be read");
  });
});
