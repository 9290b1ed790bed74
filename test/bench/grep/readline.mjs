// What somebody writes who has no tool at hand: node readline.mjs FILE
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

const lines = createInterface({
  input: createReadStream(process.argv[2]),
  crlfDelay: Number.POSITIVE_INFINITY,
});
for await (const line of lines) {
  const event = JSON.parse(line);
  if (event.detail?.customer === "c-4711") process.stdout.write(`${line}\n`);
}
