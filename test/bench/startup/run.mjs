// Start-up as ratios to a bare Node. The method is in README.md.
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { join } from "node:path";

const rounds = Number(process.argv[2] ?? 15);
const bin = join(import.meta.dirname, "../../../bin/evb.js");
const env = { ...process.env, AWS_ACCESS_KEY_ID: "x", AWS_SECRET_ACCESS_KEY: "x", AWS_REGION: "us-east-1" };
delete env.NODE_EXTRA_CA_CERTS;

let arrived = () => {};
const server = createServer((_request, response) => {
  arrived(performance.now());
  response.writeHead(400, { "content-type": "application/x-amz-json-1.1" });
  response.end('{"__type":"ResourceNotFoundException","message":"none"}');
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const url = `http://127.0.0.1:${server.address().port}`;

const variants = {
  "node -e 0": () => exitOf(["-e", "0"]),
  "evb --version": () => exitOf([bin, "--version"]),
  "evb test-pattern": () => exitOf([bin, "test-pattern", "-p", '{"a":[1]}', "-e", '{"a":1}']),
  "evb put, first byte": () =>
    firstByteOf([bin, "put", "--source", "a", "--detail-type", "b", "--detail", "{}", "--endpoint-url", url]),
};

const ratios = Object.fromEntries(Object.keys(variants).map((name) => [name, []]));
const times = Object.fromEntries(Object.keys(variants).map((name) => [name, []]));
for (let round = -1; round < rounds; round++) {
  const took = {};
  for (const [name, run] of Object.entries(variants)) took[name] = await run();
  if (round < 0) continue;
  for (const name of Object.keys(variants)) {
    times[name].push(took[name]);
    ratios[name].push(took[name] / took["node -e 0"]);
  }
}
server.close();

const at = (values, share) => values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)];
for (const name of Object.keys(variants)) {
  const [low, middle, high] = [0, 0.5, 1].map((share) => at(ratios[name], share).toFixed(2));
  console.log(
    `${name.padEnd(22)} ratio ${middle} (min ${low}, max ${high})   median ${at(times[name], 0.5).toFixed(1)} ms`,
  );
}

function start(args) {
  return spawn(process.execPath, args, { env, stdio: "ignore" });
}

function exitOf(args) {
  const began = performance.now();
  return new Promise((resolve) => start(args).on("exit", () => resolve(performance.now() - began)));
}

function firstByteOf(args) {
  const began = performance.now();
  return new Promise((resolve) => {
    let byte = Number.NaN;
    arrived = (now) => {
      if (Number.isNaN(byte)) byte = now - began;
    };
    start(args).on("exit", () => resolve(byte));
  });
}
