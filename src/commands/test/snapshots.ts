import { readFile, rename, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { EvbError } from "../../core/errors.ts";
import { parseJson } from "../../shell/input.ts";
import type { World } from "../../shell/world.ts";

/** The bodies that a suite keeps, in `SUITE.snap.json` beside it: by test, then by target and event. */
export class Snapshots {
  readonly #path: string;
  readonly #file: string;
  readonly #bodies: Record<string, Record<string, string>>;
  readonly #fresh: Record<string, Record<string, string>> = {};

  private constructor(file: string, path: string, bodies: Record<string, Record<string, string>>) {
    this.#file = file;
    this.#path = path;
    this.#bodies = bodies;
  }

  static async open(world: World, suite: string): Promise<Snapshots> {
    const file = `${suite}.snap.json`;
    const path = resolve(world.cwd, file);
    world.onRead?.(path);
    const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "{}";
      throw new EvbError("FILE_NOT_READ", `${file} cannot be read: ${error.message}`, [], error);
    });
    return new Snapshots(file, path, parseJson({ name: file, text }) as never);
  }

  kept(test: string, key: string): string | undefined {
    return (this.#fresh[test] ?? this.#bodies[test])?.[key];
  }

  keep(test: string, key: string, body: string): void {
    this.#fresh[test] = { ...this.#fresh[test], [key]: body };
  }

  /**
   * Writes what was kept in this run over what the file has, without the bodies of tests that the suite has no more; gives
   * its name, or nothing when all was so before.
   */
  async save(tests: readonly string[]): Promise<string | undefined> {
    const merged = Object.fromEntries(Object.entries(this.#bodies).filter(([test]) => tests.includes(test)));
    for (const [test, bodies] of Object.entries(this.#fresh)) merged[test] = bodies;
    const text = `${JSON.stringify(merged, null, 2)}\n`;
    if (Object.keys(this.#fresh).length === 0 || text === `${JSON.stringify(this.#bodies, null, 2)}\n`)
      return undefined;
    await writeFile(`${this.#path}.new`, text);
    await rename(`${this.#path}.new`, this.#path);
    return this.#file;
  }
}
