// The Python clients: new ones in a virtual environment, Debian's old ones out of their packages, unpacked and not installed.
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { parseTap, skipped } from "./checks.mjs";
import { onLocal } from "./local.mjs";
import { demand, has, runCommand } from "./run-command.mjs";

const scripts = join(import.meta.dirname, "python");

/** A virtual environment with packages of PyPI; `undefined` where there is no Python for one. */
export async function openVenv(folder, packages) {
  if (!(await has("python3", ["-c", "import venv, ensurepip"]))) return undefined;
  await demand("python3", ["-m", "venv", folder]);
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages];
  await demand(join(folder, "bin/python"), pip, { seconds: 300 });
  return join(folder, "bin");
}

/** Debian's packages and what they need of Python, unpacked into a folder: the machine stays as it is. */
export async function openDebian(folder, packages) {
  for (const [command, args] of [
    ["apt-get", ["--version"]],
    ["dpkg", ["--version"]],
    ["/usr/bin/python3", ["--version"]],
  ])
    if (!(await has(command, args))) return { missing: `no ${command}` };
  // A clean machine has no lists; whoever is not root has to do with those that are there.
  await runCommand("apt-get", ["update", "-qq"], { seconds: 60 });
  const rules = ["recommends", "suggests", "conflicts", "breaks", "replaces", "enhances"];
  const depends = ["depends", "--recurse", ...rules.map((rule) => `--no-${rule}`), ...packages];
  const { out, code } = await runCommand("apt-cache", depends);
  const wanted = [...new Set(out.match(/^[a-z0-9][\w.+-]*$/gm))].filter(
    (name) => packages.includes(name) || (/^python3-/.test(name) && !/^python3-minimal/.test(name)),
  );
  if (code !== 0 || !packages.every((name) => wanted.includes(name)))
    return { missing: `apt knows no ${packages.join(" and ")}` };
  await demand("mkdir", ["-p", join(folder, "root")]);
  const got = await runCommand("apt-get", ["download", "-q", ...wanted], { cwd: folder, seconds: 180 });
  if (got.code !== 0) return { missing: `apt-get download failed: ${got.err.trim().split("\n").at(-1)}` };
  for (const file of (await readdir(folder)).filter((name) => name.endsWith(".deb")))
    await demand("dpkg", ["-x", join(folder, file), join(folder, "root")]);
  return { root: join(folder, "root") };
}

export const debianEnv = (root) => ({ PYTHONPATH: join(root, "usr/lib/python3/dist-packages") });

/** One of the scripts on an emulator of its own. */
export const runScript = (python, name, env = {}) =>
  onLocal(async ({ url }) =>
    parseTap(await runCommand(python, [join(scripts, name), url], { env, seconds: 240, cwd: scripts })),
  );

export const noPython = skipped("no python3 with venv");
