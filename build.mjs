// Bundles the program into dist/: the command line as chunks that are loaded by need, the library, its types, and
// the licences of what is bundled.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { build, transform } from "esbuild";

const shared = {
  bundle: true,
  platform: "node",
  target: "node20",
  // ES modules where a package has them: only what is used of them is bundled.
  mainFields: ["module", "main"],
  // For Node the package offers CommonJS only, which cannot be cut down, and cannot be part of an ES module.
  alias: { yaml: "./node_modules/yaml/browser/index.js" },
  minify: true,
  metafile: true,
  legalComments: "none",
};

/**
 * commander loads `node:child_process`, and with it Node's network stack, for subcommands that are programs of their own.
 * `evb` has none: loading it when it is asked for saves every start some milliseconds.
 */
const commanderWithoutChildren = {
  name: "commander-without-children",
  setup(build) {
    build.onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      /node_modules\/commander\//.test(importer) ? { path: "child_process", namespace: "late" } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: "late" }, () => ({
      contents: 'module.exports = { get spawn() { return require("node:child_process").spawn; } };',
      resolveDir: ".",
    }));
  },
};

// Built aside and then put in place, so that a running program keeps its files until then.
const out = `.tmp/dist-${process.pid}`;
const packages = new Set();
await buildCli();
await buildLibrary();
await writeLicences();
await buildTypes();
await putInPlace();

async function putInPlace() {
  const before = `${out}-before`;
  await rename("dist", before).catch((error) => {
    if (error.code !== "ENOENT") throw error;
  });
  await rename(out, "dist");
  await rm(before, { recursive: true, force: true });
}

/**
 * esbuild splits only ES modules, and Node starts CommonJS faster: so the chunks are split as the first and then
 * turned into the second, one by one. `load.cjs` loads them, with V8's code cache.
 */
async function buildCli() {
  const result = await build({
    ...shared,
    entryPoints: { main: "src/main.ts" },
    outdir: `${out}/cli`,
    outExtension: { ".js": ".cjs" },
    chunkNames: "[name]-[hash]",
    splitting: true,
    format: "esm",
    write: false,
    define: { "import.meta.url": "__moduleUrl" },
    external: ["@aws-sdk/signature-v4-crt"],
    plugins: [commanderWithoutChildren],
  });
  remember(result.metafile);
  await mkdir(`${out}/cli`, { recursive: true });
  const id = createHash("sha256");
  for (const file of result.outputFiles) {
    const { code } = await transform(file.text, {
      format: "cjs",
      platform: "node",
      target: "node20",
      minify: true,
      supported: { "dynamic-import": false },
    });
    id.update(code);
    const url = code.includes("__moduleUrl")
      ? 'const __moduleUrl=require("node:url").pathToFileURL(__filename).href;'
      : "";
    await writeFile(file.path, url + code);
  }
  const EVB_BUILD = JSON.stringify(id.digest("hex").slice(0, 16));
  await build({
    ...shared,
    entryPoints: ["src/load.ts"],
    outfile: `${out}/cli/load.cjs`,
    format: "cjs",
    define: { EVB_BUILD },
  });
}

async function buildLibrary() {
  const result = await build({
    ...shared,
    entryPoints: { index: "src/index.ts" },
    outdir: out,
    chunkNames: "chunks/[name]-[hash]",
    splitting: true,
    format: "esm",
  });
  remember(result.metafile);
}

function remember(metafile) {
  for (const input of Object.keys(metafile.inputs)) {
    const end = input.lastIndexOf("node_modules/");
    if (end < 0) continue;
    const [scope, name] = input.slice(end + "node_modules/".length).split("/");
    packages.add(input.slice(0, end) + join("node_modules", scope, scope.startsWith("@") ? name : ""));
  }
}

/** Keeps of the declarations only what the library's face leads to: the rest speaks of packages that users lack. */
async function buildTypes() {
  const all = `${out}/declarations`;
  execFileSync(
    process.execPath,
    ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json", "--outDir", all],
    { stdio: "inherit" },
  );
  const kept = new Set();
  const keep = async (file) => {
    if (kept.has(file)) return;
    kept.add(file);
    const text = await readFile(join(all, file), "utf8");
    const to = join(out, "types", file);
    await mkdir(dirname(to), { recursive: true });
    await writeFile(to, text.replace(/(from |import\()"(\.[^"]+)\.ts"/g, '$1"$2.js"'));
    for (const [, module] of text.matchAll(/(?:from |import\()"([^"]+)"/g)) {
      if (!module.startsWith("."))
        throw new Error(`the library's types must not lead to ${module} (${file})`);
      await keep(join(dirname(file), module.replace(/\.ts$/, ".d.ts")));
    }
  };
  await keep("index.d.ts");
  await rm(all, { recursive: true });
}

/** One text with the licence of every package that is inside the bundles. */
async function writeLicences() {
  const texts = new Map();
  for (const folder of [...packages].sort()) {
    const { name, version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((entry) => /^(licen[cs]e|copying)(\.|-|$)/i.test(entry));
    const text = file ? (await readFile(join(folder, file), "utf8")).trim() : `Licence: ${license}`;
    texts.set(text, [...(texts.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  const blocks = [...texts].map(([text, names]) => `${[...new Set(names)].join("\n")}\n\n${text}\n`);
  const head = "evb contains these packages, each under its own licence.\n\n";
  await writeFile(`${out}/THIRD-PARTY-LICENSES.txt`, head + blocks.join(`\n${"-".repeat(78)}\n\n`));
}
