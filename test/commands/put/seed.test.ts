import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Lab, openLab } from "./lab.ts";

let lab: Lab;
beforeEach(async () => {
  lab = await openLab();
});
afterEach(() => lab[Symbol.asyncDispose]());

describe("--seed", () => {
  const planned = async (...argv: string[]) => {
    // Another chance each time: only the seed may tell what comes.
    const options = { random: Math.random };
    const { code, lines, err } = await lab.put([...argv, "--dry-run", "--json"], options);
    expect([code, err.includes("nothing was sent")]).toEqual([0, true]);
    return lines().map((line) => (line as { entry: { Detail: Record<string, unknown> } }).entry.Detail);
  };

  it("repeats ids, picks, fake values and metadata, each event with its own", async () => {
    const detail = {
      ids: "${uuid()} ${hex(8)} ${str(randomInt(1, 1000000))}",
      who: "${fake('person.fullName')} ${fake('string.uuid')}",
    };
    lab.write("random.json", JSON.stringify({ source: "shop", "detail-type": "T", detail }));
    const argv = ["random.json", "--count", "3", "--correlation-id", "c"];
    const idsOf = (all: Record<string, unknown>[]) =>
      all.map(({ ids, who, metadata }) => [ids, who, (metadata as { eventId: string }).eventId]);
    const first = idsOf(await planned(...argv, "--seed", "7"));
    expect(idsOf(await planned(...argv, "--seed", "7"))).toEqual(first);
    expect(new Set(first.flat()).size).toBe(9);
    for (const other of [["--seed", "8"], ["--seed", "4294967303"], []])
      expect(new Set([...first.flat(), ...idsOf(await planned(...argv, ...other)).flat()]).size).toBe(18);
    // What is passed over has had its share.
    expect(idsOf(await planned(...argv, "--seed", "7", "--skip", "2"))).toEqual(first.slice(2));
  });

  it("gives the same however the values of variables came", async () => {
    lab.write(
      "asked.json",
      JSON.stringify({
        $template: { variables: { n: { type: "integer", default: 1 } } },
        source: "shop",
        "detail-type": "T",
        detail: { id: "${uuid()}", n: { $eval: "n" } },
      }),
    );
    const [one] = await planned("asked.json", "--seed", "1");
    const [other] = await planned("asked.json", "--seed", "1", "--var", "n=1");
    expect(other).toEqual(one);
  });
});
