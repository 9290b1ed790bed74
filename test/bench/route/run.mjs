// See README.md for the method. `node test/bench/route/run.mjs [rules] [events]`.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const [ruleCount = 300, eventCount = 20_000] = process.argv.slice(2).map(Number);
const rounds = 5;
const sources = ["shop", "crm", "billing", "warehouse", "web"];
const types = ["Placed", "Paid", "Shipped", "Returned", "Cancelled", "Viewed"];

const model = { queues: [], buses: [busOf(ruleCount)] };
const lines = Array.from({ length: eventCount }, (_, i) => eventOf(i));
const { Router } = await load("src/core/route/route.ts");
const router = new Router(model);
const [bus] = model.buses;

let deliveries = 0;
const work = {
  parse: () => {
    for (const line of lines) JSON.parse(line);
  },
  route: () => {
    deliveries = 0;
    for (const line of lines)
      for (const { deliveries: sent } of router.route(bus, line, "2026-01-01T00:00:00Z").rules)
        deliveries += sent.length;
  },
};
// Alternately, so that what the machine does meanwhile meets both.
const times = { parse: [], route: [] };
for (let round = 0; round <= rounds; round++)
  for (const name of ["parse", "route"]) {
    const begun = performance.now();
    work[name]();
    // The first round warms up.
    if (round > 0) times[name].push(performance.now() - begun);
  }

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const perSecond = (name) => Math.round(eventCount / (median(times[name]) / 1000));
const bytes = Math.round(lines.reduce((sum, line) => sum + line.length, 0) / lines.length);
console.log(
  `${ruleCount} rules, ${eventCount} events of ${bytes} bytes, ${(deliveries / eventCount).toFixed(2)} deliveries an event`,
);
console.log(`JSON.parse of each line  ${perSecond("parse")} events/s`);
console.log(`Router.route             ${perSecond("route")} events/s`);
console.log(`ratio                    ${(median(times.route) / median(times.parse)).toFixed(1)}`);

/** A rule asks for a source, a type and, one in three each, a number, a beginning or an alternative. */
function busOf(count) {
  const home = "arn:aws:events:us-east-1:123456789012";
  const rules = Array.from({ length: count }, (_, i) => ({
    name: `rule-${i}`,
    bus: "bench",
    arn: `${home}:rule/bench/rule-${i}`,
    state: "ENABLED",
    pattern: JSON.stringify({
      source: [`com.example.${sources[i % sources.length]}`],
      "detail-type": [`${types[i % types.length]} ${i % 10}`],
      detail: [
        { amount: [{ numeric: [">", i] }] },
        { customer: { id: [{ prefix: `c-${i % 100}` }] } },
        { $or: [{ country: ["DE", "FR"] }, { priority: ["high"] }] },
      ][i % 3],
    }),
    targets: [
      i % 2 === 0
        ? { Id: "whole", Arn: "arn:aws:sqs:us-east-1:123456789012:q" }
        : {
            Id: "some",
            Arn: "arn:aws:sqs:us-east-1:123456789012:q",
            InputTransformer: {
              InputPathsMap: { order: "$.detail.orderId", amount: "$.detail.amount" },
              InputTemplate: '{"order": <order>, "amount": <amount>}',
            },
          },
    ],
    unknowns: [],
  }));
  return { name: "bench", arn: `${home}:event-bus/bench`, rules };
}

function eventOf(i) {
  return JSON.stringify({
    version: "0",
    id: `00000000-0000-4000-8000-${String(i).padStart(12, "0")}`,
    "detail-type": `${types[i % types.length]} ${i % 10}`,
    source: `com.example.${sources[i % sources.length]}`,
    account: "123456789012",
    time: "2026-01-01T00:00:00Z",
    region: "us-east-1",
    resources: [`order/${i}`],
    detail: {
      orderId: `A-${i}`,
      amount: (i * 7) % 1000,
      country: ["DE", "FR", "GB", "US"][i % 4],
      priority: i % 9 === 0 ? "high" : "normal",
      customer: { id: `c-${i % 100}`, name: "Somebody", tier: "gold" },
      items: Array.from({ length: 1 + (i % 4) }, (_, n) => ({
        sku: `SKU-${n}`,
        quantity: n + 1,
        price: 9.5,
      })),
    },
  });
}

async function load(path) {
  const folder = await mkdtemp(join(tmpdir(), "evb-bench-"));
  const outfile = join(folder, "route.mjs");
  try {
    await build({
      entryPoints: [join(import.meta.dirname, "../../..", path)],
      outfile,
      bundle: true,
      format: "esm",
      platform: "node",
      logLevel: "error",
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true });
  }
}
