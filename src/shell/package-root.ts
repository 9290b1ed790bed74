import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The package's own folder, absolute: where `templates/` is. Found the same way from `src` and from `dist`. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const manifest = join(folder, "package.json");
    // bin/ and dist/ may hold a package.json of their own, without a name.
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, "utf8")).name === "evb-cli") return folder;
    const above = dirname(folder);
    if (above === folder) throw new Error(`no package.json of evb-cli above ${import.meta.url}`);
    folder = above;
  }
}
