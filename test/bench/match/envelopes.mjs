// EventBridge envelopes of 1 to 4 KB: the shipped templates rendered, each with a history as services like to send it.
import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { makeRandom } from "./random.mjs";

const folder = new URL("../../../templates/events/", import.meta.url);
const words = "tea kettle honey spoon lantern ladder river stone maple ribbon".split(" ");
const now = Date.UTC(2026, 0, 2, 3, 4, 5);

/** `core` is the bundle of what reads and renders templates. */
export function* makeEnvelopes({ parseTemplate, renderTemplate }, count, seed = 2) {
  const random = makeRandom(seed);
  const fake = (name) => `${name} ${random.pick(words)} ${random.pick(words)}`;
  const templates = readdirSync(folder).map((name) => {
    const text = readFileSync(new URL(name, folder), "utf8");
    return parseTemplate(basename(name, ".json"), text, JSON.parse(text));
  });
  for (let index = 0; index < count; ) {
    const tools = { now: now + index * 1000, random: random.next, index, fake };
    for (const draft of renderTemplate(random.pick(templates), {}, tools)) {
      yield `${JSON.stringify(envelop(draft, index, random))}\n`;
      index++;
    }
  }
}

function envelop({ source, time, resources = [], detail, ...draft }, index, random) {
  const wanted = 1000 + random.below(3000);
  const event = {
    version: "0",
    id: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
    "detail-type": draft["detail-type"],
    source,
    account: "123456789012",
    time: time ?? new Date(now).toISOString(),
    region: random.pick(["eu-central-1", "us-east-1"]),
    resources,
    detail: { ...detail, history: [] },
  };
  for (let size = JSON.stringify(event).length; size < wanted - 130; ) {
    const note = Array.from({ length: 6 }, () => random.pick(words)).join(" ");
    const step = {
      at: now - random.below(1e9),
      by: `c-${random.below(1e6)}`,
      attempt: random.below(9),
      note,
    };
    event.detail.history.push(step);
    size += JSON.stringify(step).length + 1;
  }
  return event;
}
