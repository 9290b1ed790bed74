// Packs the package as npm would publish it, and checks what a user gets: size, contents, that it installs with no
// dependency and no script, and that the installed program runs.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const limit = 2 * 1024 * 1024;
const folder = mkdtempSync(join(tmpdir(), "evb-pack-"));
const run = (command, args, cwd = process.cwd()) =>
  execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
const fail = (text) => {
  throw new Error(text);
};

try {
  const [pack] = JSON.parse(run("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", folder]));
  const files = pack.files.map(({ path }) => path);
  const allowed =
    /^(bin\/(evb\.js|package\.json)|dist\/.+|templates\/.+|package\.json|README\.md|LICENSE|CHANGELOG\.md)$/;
  const stray = files.filter((file) => !allowed.test(file));
  if (stray.length > 0) fail(`files that do not belong into the package: ${stray.join(", ")}`);
  for (const needed of [
    "bin/evb.js",
    "dist/cli/load.cjs",
    "dist/index.js",
    "dist/types/index.d.ts",
    "dist/THIRD-PARTY-LICENSES.txt",
    "templates/events/order-placed.json",
  ])
    if (!files.includes(needed)) fail(`${needed} is missing from the package`);
  if (pack.size > limit) fail(`the package has ${pack.size} bytes, more than ${limit}`);

  const manifest = JSON.parse(readFileSync("package.json", "utf8"));
  if (manifest.dependencies) fail("everything is bundled: there must be no dependencies");
  for (const script of ["preinstall", "install", "postinstall"])
    if (manifest.scripts[script]) fail(`install script ${script}`);

  const tarball = join(folder, pack.filename);
  const home = join(folder, "install");
  run("npm", [
    "install",
    "--prefix",
    home,
    "--no-audit",
    "--no-fund",
    "--offline",
    "--ignore-scripts",
    tarball,
  ]);
  const version = run(join(home, "node_modules/.bin/evb"), ["--version"]).trim();
  if (version !== manifest.version) fail(`the installed program says it is ${version}`);
  run(join(home, "node_modules/.bin/evb"), ["demo", "--no-color"], home);
  const library =
    'import { compilePattern } from "evb-cli"; if (!compilePattern({a:[1]}).matches({a:1})) process.exit(1);';
  run(process.execPath, ["--input-type=module", "-e", library], home);
  process.stdout.write(`package: ${pack.size} bytes packed, ${files.length} files, installs and runs\n`);
  process.stdout.write(`${tarball}\n`);
} finally {
  if (!process.argv.includes("--keep")) rmSync(folder, { recursive: true, force: true });
}
