import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";

const folder = join(import.meta.dirname, "../../dist/types");

it("the library's names and signatures change on purpose only", async () => {
  const names = await exportsOf(join(folder, "index.d.ts"));
  // What the exported ones are made of.
  const parts = ["Local local/start.d.ts", "LocalOptions local/start.d.ts", "When local/faults.d.ts"];
  const lines: string[] = [];
  for (const [name, file] of [...names].sort(([a], [b]) => (a < b ? -1 : 1)))
    lines.push(await declarationOf(name, file));
  for (const [name, file] of parts.map((part) => part.split(" ")))
    lines.push(`// ${file}\n${await declarationOf(name!, join(folder, file!))}`);
  await expect(`${lines.join("\n\n")}\n`).toMatchFileSnapshot("__snapshots__/face.txt");
});

/** What a file exports from other files: name and the file that declares it. */
async function exportsOf(file: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const [, list, from] of (await text(file)).matchAll(/export (?:type )?\{([^}]+)\} from "([^"]+)"/g))
    for (const name of list!.split(",").map((item) => item.trim().replace(/^type /, "")))
      if (name !== "") {
        const next = join(dirname(file), from!.replace(/\.js$/, ".d.ts"));
        found.set(name, (await exportsOf(next)).get(name) ?? next);
      }
  return found;
}

/** A declaration as the compiler writes it, without comments. */
async function declarationOf(name: string, file: string): Promise<string> {
  const parts = (await text(file)).split(/^(?=export |declare |interface |type |import |const )/m);
  const isIt = new RegExp(`^(export )?(declare )?(interface|type|class|function|const) ${name}\\b`);
  const found = parts.find((part) => isIt.test(part));
  if (found === undefined) throw new Error(`${file} does not declare ${name}`);
  return found.trim();
}

const text = async (file: string): Promise<string> =>
  (await readFile(file, "utf8")).replace(/\/\*[\s\S]*?\*\//g, "").replace(/\n\s*(?=\n)/g, "");
