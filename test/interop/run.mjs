// Drives the built emulator with the clients that people have, and our behaviour tests against other implementations.
// `npm run interop` runs all; names of clients behind `--` run those. README.md says what is done and how.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runAwscli } from "./awscli.mjs";
import { skipped } from "./checks.mjs";
import { runJavaScript } from "./javascript.mjs";
import { runPeers } from "./peers.mjs";
import { debianEnv, noPython, openDebian, openVenv, runScript } from "./python.mjs";
import { runTerraform } from "./terraform.mjs";

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
const folder = await mkdtemp(join(tmpdir(), "evb-interop-"));
const wanted = process.argv.slice(2);
const rows = [];

async function client(name, act) {
  if (wanted.length > 0 && !wanted.some((word) => name.toLowerCase().includes(word.toLowerCase()))) return;
  const began = performance.now();
  const report = await act().catch((error) => ({
    ...skipped(),
    skipped: undefined,
    failures: [String(error)],
  }));
  const seconds = Math.round((performance.now() - began) / 1000);
  rows.push({ name, seconds, ...report });
  const outcome = report.skipped
    ? `skipped: ${report.skipped}`
    : `${report.passed} passed, ${report.failures.length} failed`;
  console.log(`${name} (${report.version || "no version"}, ${seconds} s): ${outcome}`);
  for (const note of report.notes) console.log(`  ${note}`);
  for (const failure of report.failures) console.log(`  FAILED ${failure}`);
}

/** What is installed for several clients is installed once, when the first asks. */
function once(act) {
  let made;
  return () => {
    made ??= act();
    return made;
  };
}

const venv = once(() => openVenv(join(folder, "clients"), ["awscli", "boto3"]));
const debian = once(() => openDebian(join(folder, "debian"), ["awscli", "python3-boto3"]));

const withVenv = (act) => async () => {
  const bin = await venv();
  return bin === undefined ? noPython : act(bin);
};
const withDebian = (act) => async () => {
  const { root, missing } = await debian();
  return missing === undefined ? act(root) : skipped(missing);
};

/** Mostly waiting, so it goes beside the others. */
const terraform = client("Terraform", () => runTerraform(folder));
try {
  await client("JavaScript SDK", runJavaScript);
  await client(
    "boto3",
    withVenv((bin) => runScript(join(bin, "python"), "lifecycle.py")),
  );
  await client(
    "botocore's models",
    withVenv((bin) => runScript(join(bin, "python"), "probe.py")),
  );
  await client(
    "awscli",
    withVenv((bin) => runAwscli(join(bin, "aws"))),
  );
  await client(
    "boto3 of Debian",
    withDebian((root) => runScript("/usr/bin/python3", "lifecycle.py", debianEnv(root))),
  );
  await client(
    "awscli of Debian",
    withDebian((root) => runAwscli("/usr/bin/python3", [join(root, "usr/bin/aws")], debianEnv(root))),
  );
  await runPeers(folder, client);
  await terraform;
} finally {
  await terraform;
  await rm(folder, { recursive: true, force: true });
}

const columns = rows.map(({ name, version, passed, failures, skipped: why }) => [
  name,
  version || "-",
  `${passed} passed`,
  `${failures.length} failed`,
  why === undefined ? "" : `skipped: ${why}`,
]);
const widths = [0, 1, 2, 3].map((at) => Math.max(...columns.map((row) => row[at].length)));
console.log("");
for (const row of columns)
  console.log(
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd(),
  );
const failed = rows.reduce((sum, { failures }) => sum + failures.length, 0);
const passed = rows.reduce((sum, row) => sum + row.passed, 0);
console.log(`\ninterop: ${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
