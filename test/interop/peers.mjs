// Our behaviour tests and a life of dead letters against other implementations, installed outside the checkout.
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openChecks, skipped } from "./checks.mjs";
import { lifeOfDeadLetters } from "./dead-letters.mjs";
import { cleanEnv, root } from "./local.mjs";
import { openVenv } from "./python.mjs";
import { demand, runCommand } from "./run-command.mjs";

/** Files that drive what they test over the wire with an SDK's client. */
const sqsFiles = [
  "batches",
  "dead-letter",
  "fifo",
  "long-poll",
  "message-refusals",
  "messages",
  "move-task",
  "queue-refusals",
  "queues",
].map((name) => `test/local/sqs/${name}.test.ts`);
const eventFiles = [
  "api-destinations",
  "archives",
  "bus-to-bus",
  "buses",
  "dead-letters",
  "delivery",
  "permissions",
  "put-events",
  "replays",
  "rules",
  "schedules",
  "tags",
  "targets",
  "test-event-pattern",
].map((name) => `test/local/eventbridge/${name}.test.ts`);

export async function runPeers(folder, client) {
  await client("moto", () => runMoto(join(folder, "moto")));
  await client("local-aws-sqs", () => runLocalAwsSqs(join(folder, "local-aws-sqs")));
}

async function runMoto(folder) {
  const bin = await openVenv(folder, ["moto[server]"]);
  if (bin === undefined) return skipped("no python3 with venv");
  const version = (await demand(join(bin, "python"), ["-c", "import moto; print(moto.__version__)"])).trim();
  const start = (port) => [join(bin, "moto_server"), ["-H", "127.0.0.1", "-p", String(port)]];
  return onPeer(start, (url) => judge("moto", version, url, [...sqsFiles, ...eventFiles], folder));
}

async function runLocalAwsSqs(folder) {
  await demand("npm", [
    "install",
    "--prefix",
    folder,
    "--no-audit",
    "--no-fund",
    "--no-save",
    "local-aws-sqs",
  ]);
  const home = join(folder, "node_modules/local-aws-sqs");
  const { version } = JSON.parse(await readFile(join(home, "package.json"), "utf8"));
  const script = (port) =>
    `require(${JSON.stringify(home)}).createSqsServer({ port: ${port}, hostname: "127.0.0.1", region: "us-east-1" })`;
  const start = (port) => [process.execPath, ["-e", script(port)]];
  return onPeer(start, (url) => judge("local-aws-sqs", version, url, sqsFiles, folder));
}

async function onPeer(start, act) {
  const port = await freePort();
  const child = spawn(...start(port), { env: cleanEnv, stdio: "ignore" });
  const url = `http://127.0.0.1:${port}`;
  try {
    for (let tries = 0; !(await answers(url)); tries++) {
      if (tries > 150 || child.exitCode !== null) throw new Error(`nothing answers at ${url}`);
      await sleep(200);
    }
    return await act(url);
  } finally {
    child.kill("SIGKILL");
  }
}

const answers = (url) =>
  fetch(url).then(
    () => true,
    () => false,
  );

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const isThere = (tests, file, name) => tests.some((each) => each.file === file && each.test === name);

/** A test may pass, be left out with its reason, or differ as `differences.json` says; anything else has failed. */
async function judge(peer, version, url, files, folder) {
  const known = JSON.parse(await readFile(join(import.meta.dirname, "differences.json"), "utf8")).filter(
    (each) => each.peer === peer,
  );
  const report = await lifeOfDeadLetters(openChecks(), peer, url);
  report.version = version;
  const file = join(folder, "report.json");
  const env = { EVB_TEST_ENDPOINT: url, EVB_INTEROP_REPORT: file };
  const reporter = `--reporter=${join(import.meta.dirname, "peer-reporter.mjs")}`;
  // One file after the other: they share the peer's default bus.
  const ran = await runCommand("npx", ["vitest", "run", ...files, "--no-file-parallelism", reporter], {
    cwd: root,
    env,
    seconds: 480,
  });
  const tests = JSON.parse(await readFile(file, "utf8").catch(() => "[]"));
  if (tests.length === 0) report.failures.push(`the tests did not run: ${ran.err.slice(-1000)}`);
  const count = { passed: 0, known: 0, left: new Map() };
  const agreed = [];
  for (const { file: of, test, state, reason } of tests) {
    const difference = known.find((each) => each.file === of && each.tests.includes(test));
    if (state === "passed" && difference !== undefined) agreed.push(test);
    if (state === "passed") count.passed += 1;
    else if (state === "skipped") count.left.set(reason, (count.left.get(reason) ?? 0) + 1);
    else if (difference !== undefined) count.known += 1;
    else report.failures.push(`${of}: ${test}: ${reason.split("\n")[0].slice(0, 300)}`);
  }
  report.passed += count.passed + count.known;
  report.notes.push(`${count.passed} of our tests hold there, ${count.known} differ as known`);
  for (const [reason, many] of count.left) report.notes.push(`${many} left out: ${reason}`);
  if (agreed.length > 0)
    report.notes.push(`no longer different, take out of differences.json: ${agreed.join("; ")}`);
  const gone = known.flatMap(({ file, tests: listed }) =>
    listed.filter((test) => !isThere(tests, file, test)),
  );
  if (gone.length > 0)
    report.notes.push(`not there any more, take out of differences.json: ${gone.join("; ")}`);
  return report;
}
