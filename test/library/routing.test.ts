import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, it, expect as plain } from "vitest";
import {
  BusError,
  EventError,
  eventMatchers,
  PatternError,
  readBus,
  route,
  withEventMatchers,
} from "../../src/index.ts";

const expect = withEventMatchers(plain);

const rule = (pattern: object, more: object = {}) => ({
  pattern,
  targets: [{ id: "t", queue: "q", deadLetterQueue: "dlq" }],
  ...more,
});
const bus = await readBus(
  {
    buses: {
      b: {
        rules: {
          all: rule({ source: ["s"] }, { targets: [{ id: "c", bus: "onward" }] }),
          large: rule({ detail: { n: [{ numeric: [">", 5] }] } }),
          off: rule({ source: ["s"] }, { state: "DISABLED" }),
          silent: rule(
            { source: ["silent"] },
            { targets: [{ id: "p", queue: "q", inputPath: "$.detail.gone" }] },
          ),
        },
      },
      onward: {
        rules: {
          last: rule({ source: ["s"] }, { targets: [{ id: "l", queue: "q", inputPath: "$.detail" }] }),
        },
      },
    },
    queues: { q: {}, dlq: {} },
  },
  { name: "b" },
);
const event = (n: number, source = "s") => ({ source, "detail-type": "T", detail: { n } });

/** What a failing assertion says. */
function failure(assertion: () => unknown): string {
  try {
    assertion();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("the assertion holds");
}

describe("route", () => {
  it("says which rules take an event, what each target is sent, and where it goes on", () => {
    expect(route(bus, event(6))).toEqual({
      bus: "b",
      rules: [
        {
          rule: "all",
          verdict: "match",
          unknowns: [],
          targets: [
            expect.objectContaining({
              id: "c",
              onward: {
                bus: "onward",
                rules: [
                  expect.objectContaining({
                    rule: "last",
                    targets: [expect.objectContaining({ id: "l", body: { n: 6 } })],
                  }),
                ],
              },
            }),
          ],
        },
        expect.objectContaining({ rule: "large", verdict: "match" }),
        { rule: "off", verdict: "disabled", unknowns: [], targets: [] },
      ],
    });
  });

  it("takes the text of an event, and an entry of PutEvents", () => {
    const entry = { Source: "s", DetailType: "T", Detail: JSON.stringify({ n: 6 }) };
    const names = (given: string | object) => route(bus, given).rules.map(({ rule }) => rule);
    expect(names(JSON.stringify(event(6)))).toEqual(["all", "large", "off"]);
    expect(names(entry)).toEqual(["all", "large", "off"]);
    expect(() => route(bus, "[1]")).toThrow(EventError);
    expect(() => route(bus, '{"source":')).toThrow(EventError);
  });
});

describe("readBus", () => {
  it("reads a file by its path or URL, with what only the deploy decides", async () => {
    const folder = mkdtempSync(join(tmpdir(), "evb-bus-"));
    try {
      const path = join(folder, "template.yaml");
      writeFileSync(
        path,
        "Parameters: { Stage: { Type: String } }\nResources:\n  R:\n    Type: AWS::Events::Rule\n    Properties:\n      Name: r\n      EventPattern: { source: [!Ref Stage] }\n",
      );
      for (const source of [path, pathToFileURL(path), folder]) {
        const read = await readBus(source, { parameters: { Stage: "prod" } });
        expect(read.rules).toEqual(["r"]);
        expect(read).toRoute({ source: "prod" }).to("r");
      }
      const open = await readBus(path);
      expect(route(open, { source: "prod" }).rules).toMatchObject([
        { verdict: "undecided", unknowns: ["Stage"] },
      ]);
      // Neither it nor its opposite passes.
      const event = { source: "prod" };
      for (const ask of [
        () => expect(open).toRoute(event),
        () => expect(open).not.toRoute(event),
        () => expect(open).toRoute(event).to("r"),
      ])
        expect(failure(ask)).toContain(
          "whether rule r takes the event depends on Stage, which only the deploy decides",
        );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("names every mistake of a file with its place, and what could be meant", async () => {
    await expect(readBus({ buses: { b: { ruls: {} } } })).rejects.toThrow(/ruls/);
    await expect(readBus("/no/such.yaml")).rejects.toThrow(BusError);
    await expect(readBus("saga", { name: "purchas" })).rejects.toThrow(/is purchase meant/);
  });

  it("says of a pattern that AWS would refuse that its rule takes part in nothing", async () => {
    const { warnings } = await readBus({
      buses: { b: { rules: { bad: rule({ a: 1 }) } } },
      queues: { q: {}, dlq: {} },
    });
    expect(warnings.join()).toMatch(/rule bad takes part in nothing/);
  });
});

describe("expect", () => {
  it("says why an event does not match, and why it does", () => {
    expect(event(6)).toMatchPattern({ source: ["s"] });
    expect(JSON.stringify(event(6))).toMatchPattern('{"source":["s"]}');
    expect(failure(() => expect(event(6)).toMatchPattern({ source: ["S"] }))).toMatch(
      /to match the pattern\n.*source wanted "S", found "s"\n.*case/s,
    );
    expect(failure(() => expect(event(6)).not.toMatchPattern({ source: ["s"] }))).toMatch(
      /not to match.*✓ source/s,
    );
    expect(() => expect(event(6)).toMatchPattern({ source: 1 })).toThrow(PatternError);
    expect(failure(() => expect(3).toMatchPattern({ source: ["s"] }))).toContain("got number");
  });

  it("holds where the rules take the event, and says why where they do not", () => {
    expect(bus)
      .toRoute(event(6))
      .to("all", "large")
      .toExactly("all", "large")
      .feeding("large/t")
      .feeding("l", { n: 6 });
    expect(bus).toRoute(event(1)).not.to("large").not.feeding("t");
    expect(bus).not.toRoute(event(1, "nobody"));
    expect(failure(() => expect(bus).toRoute(event(1)).to("large"))).toMatch(
      /rule large to take the event\n.*n wanted numeric .*found 1/s,
    );
    expect(failure(() => expect(bus).toRoute(event(1)).not.to("all"))).toMatch(/rule all not to take/);
    expect(failure(() => expect(bus).toRoute(event(1)).to("off"))).toContain("but it is disabled");
    expect(failure(() => expect(bus).toRoute(event(1)).toExactly("large"))).toMatch(
      /exactly large to take the event, and all did\nlarge:\n.*all:/s,
    );
    expect(failure(() => expect(bus).toRoute(event(1, "nobody")))).toMatch(/none does\nall:\n.*silent:/s);
    expect(failure(() => expect(bus).not.toRoute(event(1)))).toContain("but all does");
  });

  it("says which rule or target is meant, and where EventBridge would not call one", () => {
    expect(failure(() => expect(bus).toRoute(event(1)).to("al"))).toBe("bus b has no rule al; is all meant?");
    expect(failure(() => expect(bus).toRoute(event(1)).feeding("t"))).toContain("what is fed: all/c, last/l");
    expect(failure(() => expect(bus).toRoute(event(1)).not.feeding("c"))).toContain("not to be fed");
    expect(failure(() => expect(bus).toRoute(event(1)).feeding("l", { n: 2 }))).toContain("deeply equal");
    expect(failure(() => expect(bus).toRoute(event(1, "silent")).feeding("p"))).toMatch(
      /would not call target p: /,
    );
    expect(failure(() => expect({}).toRoute(event(1)))).toContain("readBus");
  });

  it("leaves the rest of expect as it is, and its matchers work by hand", () => {
    expect({ a: 1 }).toEqual({ a: expect.any(Number) });
    expect(eventMatchers.toRoute(bus, event(1)).pass).toBe(true);
    // @ts-expect-error: after `not` there is nothing to go on from
    expect(() => expect(bus).not.toRoute(event(1, "nobody")).to("all")).toThrow();
  });
});
