import { describe, expect, it } from "vitest";
import { ctrlC, down, enter, type Turn, talk, up } from "../../talk.ts";
import { runEvb } from "../../world.ts";

const event = (detail: object) => ({ source: "shop", "detail-type": "Order Placed", detail });
const events = JSON.stringify([event({ id: "o-1", total: 5 }), event({ id: { no: 2 }, total: 7 })]);
const tab = "\t";

const ask = (turns: readonly Turn[], ...argv: string[]) =>
  talk(["transform", "--interactive", "-e", events, "--no-color", ...argv], turns);

describe("evb transform --interactive", () => {
  it("picks fields, shows the body and what would be lost, and prints the flags that do the same", async () => {
    const { code, out, err } = await ask([
      ["a field that the template needs", down + down + enter],
      ["the name of $.detail.total in the template (total)", enter],
      ["(so far <total>)", enter],
      ['({"total": <total>})', enter],
      [
        'the target gets {"total":5}\n  and 1 further event is delivered\n',
        down + down + down + down + enter,
      ],
      ["the name of $.detail.id in the template (id)", `order no${enter}`],
      ["letters, digits, _ and - only", `\x15no${enter}`],
      ["(so far <total>, <no>)", down + enter],
      ['({"total": <total>})', `${tab}\x7f, "order": "<nr>"}${enter}`],
      ["contains invalid placeholder nr", `\x15{"order": "<no>", "total": <total>}${enter}`],
      [
        'the target gets {"order":"o-1","total":5}\n  EventBridge would not deliver --event:1: the filled-in',
        enter,
      ],
    ]);
    expect(code, err).toBe(1);
    expect(JSON.parse(out)).toEqual({
      InputPathsMap: { total: "$.detail.total", no: "$.detail.id" },
      InputTemplate: '{"order": "<no>", "total": <total>}',
    });
    const { InputPathsMap, InputTemplate } = JSON.parse(out);
    const flags = `--input-paths-map '${JSON.stringify(InputPathsMap)}' --input-template '${InputTemplate}'`;
    expect(err).toContain(`evb: the command that does the same: evb transform -e '${events}' ${flags}\n`);
    const argv = ["--input-paths-map", JSON.stringify(InputPathsMap), "--input-template", InputTemplate];
    const same = await runEvb(["transform", "-e", events, ...argv]);
    expect([same.code, same.out]).toEqual([1, '{"order":"o-1","total":5}\n']);
  });

  it("takes a field back, and a path by hand, and refuses what is none", async () => {
    const { code, out, err } = await ask([
      ["a field that the template needs", down + down + enter],
      ["the name of $.detail.total", enter],
      ["(so far <total>)", down + enter],
      ["no field: write the template", up + up + enter],
      ["its path, such as", `detail.id${enter}`],
      ["no path that EventBridge takes", `\x15$.detail.id${enter}`],
      ["the name of $.detail.id", enter],
      ["(so far <id>)", enter],
      ['({"id": <id>})', `order.json${enter}`],
      ["a template has a quote, a bracket or a variable in it", `\x15"order <id>"${enter}`],
      ['the target gets "order o-1"', enter],
    ]);
    expect(code, err).toBe(0);
    expect(JSON.parse(out)).toEqual({ InputPathsMap: { id: "$.detail.id" }, InputTemplate: '"order <id>"' });
  });

  it("leaves with 130 at Ctrl-C, and nothing on standard output", async () => {
    expect(await ask([["a field that the template needs", ctrlC]])).toMatchObject({ code: 130, out: "" });
  });

  it.each<[readonly string[], string]>([
    [["--interactive", "-e", "{}", "--no-input"], "--input-paths-map and --input-template say the same"],
    [["--interactive", "--rule", "r"], "option '--interactive' cannot be used with option '--rule <name>'"],
    [["-e", "{}"], "--interactive asks"],
  ])("%j is refused", async (argv, words) => {
    const { code, out, err } = await runEvb(["transform", ...argv]);
    expect([code, out, err]).toEqual([2, "", expect.stringContaining(words)]);
  });
});
