import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const root = join(import.meta.dirname, "../..");

/** Node 20 does not run TypeScript, so what is needed is bundled aside, into `work`. Returns the file. */
export async function bundle(work, name, contents) {
  const outfile = join(work, name);
  await build({
    stdin: { contents, resolveDir: root, loader: "ts" },
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    mainFields: ["module", "main"],
    external: ["@aws-sdk/signature-v4-crt"],
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
    logLevel: "error",
  });
  writeFileSync(join(work, "package.json"), '{"type":"module"}');
  return outfile;
}

/** The program as one file. */
export const bundleEvb = (work) =>
  bundle(work, "evb.mjs", `import { start } from "./src/main.ts"; process.exitCode = await start(process);`);
