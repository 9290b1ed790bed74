import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

// What the soak kills: the command, about how many calls it makes, and the bodies that have arrived where they belong.

const bodiesOf = async (lab, queue) => (await lab.empty(queue)).map(({ Body }) => Body);

export const redrive = {
  calls: 28,
  command: () => ["redrive", "dlq", "--concurrency", "3"],
  arrived: (lab) => bodiesOf(lab, "billing"),
};

export const drain = {
  calls: 20,
  command: (file) => ["drain", "dlq", "--to", file, "--concurrency", "3"],
  arrived: async (_, file) => {
    const bytes = readFileSync(file);
    const lines = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString().split("\n");
    // A line that the kill has torn is none: its message was never deleted.
    return lines.filter(isWhole).map((line) => JSON.parse(line).body);
  },
};

export const restore = {
  calls: 7,
  prepare: (lab, file) => lab.dlq(["drain", "dlq", "--to", file, "--yes"]),
  command: (file) => ["restore", file, "--to", "billing"],
  arrived: (lab) => bodiesOf(lab, "billing"),
};

function isWhole(line) {
  try {
    return JSON.parse(line) !== undefined;
  } catch {
    return false;
  }
}
