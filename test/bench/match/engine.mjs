// Our engine as a process of its own: `data FILE`, `load FILE` and `run MILLISECONDS` come in, one a line; numbers go
// back. AWS's engine has the same conversation in java/Peer.java. `node engine.mjs BUNDLE trusted|checked|parsed`.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [bundle, mode] = process.argv.slice(2);
const { RuleSet } = await import(pathToFileURL(bundle).href);

/** One function a process, so that each is compiled for itself as in a program that has only one. */
const ways = {
  trusted: (set, line) => set.matchJson(line, { trusted: true }),
  checked: (set, line) => set.matchJson(line),
  parsed: (set, line) => set.match(JSON.parse(line.toString())),
};
const match = ways[mode];

let lines = [];
let set = new RuleSet();
let at = 0;

const answers = {
  data(file) {
    lines = linesOf(readFileSync(file));
    at = 0;
    return [lines.length];
  },
  /** Adds the rules, then goes over all events once: nanoseconds, bytes of heap and buffers, matches. */
  load(file) {
    const rules = linesOf(readFileSync(file)).map(String);
    set = new RuleSet();
    const before = memory();
    const taken = startClock();
    for (let i = 0; i < rules.length; i++) set.add(`r${i}`, rules[i]);
    const took = taken();
    const bytes = memory() - before;
    let hits = 0;
    for (const line of lines) hits += match(set, line).length;
    return [took, bytes, hits];
  },
  /** Goes on over the events until so much wall time is over: events, nanoseconds. */
  run(milliseconds) {
    const until = performance.now() + Number(milliseconds);
    const taken = startClock();
    let events = 0;
    let hits = 0;
    do {
      for (let i = 0; i < 100; i++) {
        hits += match(set, lines[at]).length;
        if (++at === lines.length) at = 0;
      }
      events += 100;
    } while (performance.now() < until);
    return [events, taken(), hits];
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const [verb, argument] = line.split(/ (.*)/s);
  process.stdout.write(`${answers[verb](argument).join(" ")}\n`);
}

/** The lower of two clocks: wall time, and the processor time of the whole process. */
function startClock() {
  const wall = process.hrtime.bigint();
  const processor = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(processor);
    return Math.min(Number(process.hrtime.bigint() - wall), (user + system) * 1000);
  };
}

function memory() {
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Views of one buffer, without line feeds. */
function linesOf(bytes) {
  const found = [];
  let start = 0;
  for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, start)) {
    found.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return found;
}
