import { describe, expect, it } from "vitest";
import { graphOf, renderDot, renderHtml, renderMermaid, renderSvg } from "../../../src/core/graph/index.ts";
import { layOut } from "../../../src/core/graph/layout.ts";
import type { Bus, Rule, Target } from "../../../src/core/route/bus.ts";

const arn = (service: string, name: string) => `arn:aws:${service}:eu-west-1:123456789012:${name}`;
const target = (id: string, to = arn("sqs", id), dead?: string): Target => ({
  Id: id,
  Arn: to,
  ...(dead && { DeadLetterConfig: { Arn: arn("sqs", dead) } }),
});
const bus = (name: string, rules: Record<string, [Target[], Partial<Rule>?]>): Bus => ({
  name,
  arn: arn("events", `event-bus/${name}`),
  rules: Object.entries(rules).map(([rule, [targets, more]]) => ({
    name: rule,
    bus: name,
    arn: arn("events", `rule/${name}/${rule}`),
    state: "ENABLED",
    pattern: '{"source":["<a>"]}',
    targets,
    unknowns: [],
    ...more,
  })),
});
const drawn = (...buses: Bus[]) => graphOf({ buses, queues: [] }, buses);
const shop = bus("shop", {
  bill: [
    [
      target("billing", arn("sqs", "billing"), "dlq"),
      target("call", arn("lambda", "function:invoice"), "dlq"),
    ],
  ],
  off: [[target("billing", arn("sqs", "billing"), "dlq")], { state: "DISABLED" }],
  on: [[target("bank", arn("events", "event-bus/bank"))]],
});
const bank = bus("bank", { back: [[target("shop", arn("events", "event-bus/shop"))]] });
const odd = bus('a"b<c>&|', { "r\n%": [[target("]-->", arn("sqs", "q"))]] });

describe("a graph of buses", () => {
  const graph = drawn(shop, bank);
  const label = (id: string) => graph.nodes.find((node) => node.id === id)!.label;

  it("has each resource once, and dead-letter queues behind what they are for", () => {
    expect(graph.nodes.map(({ kind, label, isOff }) => `${kind} ${label}${isOff ? " off" : ""}`)).toEqual([
      "bus shop",
      "rule bill",
      "target billing",
      "dead dlq",
      "target invoice",
      "rule off off",
      "rule on",
      "bus bank",
      "rule back",
    ]);
    expect(
      graph.edges.map(({ from, to, isDead }) => `${label(from)} ${isDead ? "…" : "→"} ${label(to)}`),
    ).toEqual([
      "shop → bill",
      "bill → billing",
      "billing … dlq",
      "bill → invoice",
      "invoice … dlq",
      "shop → off",
      "off → billing",
      "shop → on",
      "on → bank",
      "bank → back",
      "back → shop",
    ]);
  });

  it("is laid out from left to right without boxes over one another, whatever goes round", () => {
    const { boxes, width, height } = layOut(graph);
    const x = (label: string) => boxes.find((box) => box.node.label === label)!.x;
    expect(x("shop")).toBeLessThan(x("bill"));
    expect(x("bill")).toBeLessThan(x("billing"));
    expect(x("billing")).toBeLessThan(x("dlq"));
    expect(x("bank")).toBeLessThan(x("back"));
    for (const a of boxes) {
      expect(a.x + a.width).toBeLessThanOrEqual(width);
      expect(a.y + 40).toBeLessThanOrEqual(height);
      for (const b of boxes) if (a !== b) expect(a.x !== b.x || Math.abs(a.y - b.y) >= 40).toBe(true);
    }
  });

  it("is text for Mermaid, with names that have a meaning there in quotes", () => {
    expect(renderMermaid(drawn(odd)).split("\n").slice(0, 6)).toEqual([
      "flowchart LR",
      '  n0(["a#quot;b#lt;c#gt;#amp;|<br/>event bus"])',
      '  n1["r<br/>%"]',
      '  n2[/"q<br/>sqs"/]',
      "  n0 --> n1",
      '  n1 -->|"]--#gt;"| n2',
    ]);
    expect(renderMermaid(graph)).toContain('-.->|"dead letters"|');
    expect(renderMermaid(graph)).toMatch(/class n5 off$/);
  });

  it("says in Mermaid what begins like an entity, and leaves no empty second line", () => {
    const rule = { pattern: undefined, schedule: "cron(0 12 ? * 2#1; *)" } as unknown as Partial<Rule>;
    const text = renderMermaid(drawn(bus("b", { r: [[target("t", "${Queue.Arn}")], rule] })));
    expect(text).toContain('["r<br/>cron(0 12 ? * 2#35;1; *)"]');
    expect(text).toContain('[/"${Queue.Arn}"/]');
  });

  it("is text for Graphviz", () => {
    const text = renderDot(drawn(odd));
    expect(text).toContain('n0 [label="a\\"b<c>&|\\nevent bus" shape=box');
    expect(text).toContain('n1 -> n2 [label="]-->"];');
    expect(text.match(/\{/g)).toHaveLength(text.match(/\}/g)!.length);
  });

  it("is SVG in which every tag is closed and every name is escaped", () => {
    for (const text of [renderSvg(graph, "a & b"), renderSvg(drawn(odd), "odd"), renderSvg(drawn(), "none")])
      expect(openTags(text)).toEqual([]);
    expect(renderSvg(drawn(odd), "odd")).toContain("a&quot;b&lt;c&gt;&amp;|");
  });

  it("is one HTML page that loads nothing", () => {
    const page = renderHtml(drawn(odd, shop), [odd, shop], "Buses <1>");
    expect(openTags(page.replace("<!doctype html>", ""))).toEqual([]);
    expect(page).toContain("default-src 'none'");
    expect(page.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(
      /(src|href)=|https?:|<script|@import|url\((?!#)/,
    );
    expect(page).toContain("&lt;a&gt;");
    expect(page).toContain("no dead-letter queue");
  });
});

/** Tags that are left open, or closed and not open. */
function openTags(text: string): string[] {
  const open: string[] = [];
  for (const [, close, name, empty] of text.matchAll(
    /<(\/?)([a-zA-Z0-9]+)(?:\s+[\w:-]+="[^"<>]*")*\s*(\/?)>/g,
  )) {
    if (empty) continue;
    if (!close) open.push(name!);
    else if (open.pop() !== name) return [`</${name}>`];
  }
  const strays =
    text.replace(/<(\/?)([a-zA-Z0-9]+)(?:\s+[\w:-]+="[^"<>]*")*\s*(\/?)>/g, "").match(/[<>]/g) ?? [];
  return [...open, ...strays];
}
