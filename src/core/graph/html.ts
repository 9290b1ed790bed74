import { shortName } from "../arn.ts";
import type { Bus, Rule, Target } from "../route/bus.ts";
import type { Graph } from "./graph.ts";
import { escapeXml, renderSvg } from "./svg.ts";

/** One page with the picture and all rules in words. It loads nothing, and runs nothing. */
export function renderHtml(graph: Graph, buses: readonly Bus[], title: string): string {
  return [
    "<!doctype html>",
    '<html lang="en"><head><meta charset="utf-8"/>',
    '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>`,
    `<title>${escapeXml(title)}</title>`,
    `<style>${style}</style></head><body>`,
    `<h1>${escapeXml(title)}</h1>`,
    `<div class="picture">${renderSvg(graph, title)}</div>`,
    ...buses.flatMap(busSection),
    "</body></html>",
  ].join("\n");
}

const style = [
  "body{font:15px/1.5 Helvetica,Arial,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#1a1a1a}",
  ".picture{overflow:auto;border:1px solid #ddd}",
  "details{border-bottom:1px solid #ddd;padding:.4rem 0}summary{cursor:pointer}",
  "pre{background:#f6f6f6;padding:.6rem;overflow:auto}.off,.about{color:#666}.none{color:#b3392b}",
].join("");

const busSection = ({ name, description, rules }: Bus): string[] => [
  `<h2>bus ${escapeXml(name)}</h2>`,
  ...(description === undefined ? [] : [`<p class="about">${escapeXml(description)}</p>`]),
  ...(rules.length === 0 ? ["<p>no rules</p>"] : rules.map(ruleSection)),
];

function ruleSection({ name, state, description, pattern, schedule, targets }: Rule): string {
  const off = state === "DISABLED" ? ' <span class="off">disabled</span>' : "";
  return [
    `<details><summary><b>${escapeXml(name)}</b>${off} <span class="about">${escapeXml(description ?? "")}</span></summary>`,
    ...(schedule === undefined ? [] : [`<p>${escapeXml(schedule)}</p>`]),
    ...(pattern === undefined ? [] : [`<pre>${escapeXml(pretty(pattern))}</pre>`]),
    `<ul>${targets.map(targetItem).join("")}</ul></details>`,
  ].join("");
}

function targetItem({ Id, Arn, DeadLetterConfig }: Target): string {
  const dead =
    DeadLetterConfig === undefined
      ? '<span class="none">no dead-letter queue</span>'
      : `dead letters to ${escapeXml(shortName(DeadLetterConfig.Arn))}`;
  return `<li>${escapeXml(Id)}: <code>${escapeXml(Arn)}</code>, ${dead}</li>`;
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // What is no JSON before the deploy is shown as it is.
    return text;
  }
}
