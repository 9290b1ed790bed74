/**
 * The entry of the bundled program. It loads the chunks beside it with V8's code cache, which halves the start-up of
 * verbs that need the AWS SDK. Node's own `module.enableCompileCache` does not exist on Node 20, so this does the
 * same in a few lines for every version. A cache that cannot be read or written only costs time.
 *
 * V8 checks a cache against its own version and flags, but of the source only the length; so the folder is
 * named after the build, and is used only when it belongs to this user alone.
 */
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { Script } from "node:vm";

declare const __filename: string;
declare const require: NodeJS.Require;
declare const EVB_BUILD: string;

type Exports = Record<string, unknown>;
type Wrapper = (
  exports: Exports,
  require: (id: string) => unknown,
  module: { exports: Exports },
  file: string,
  /** Of a user's own module: what runs in a `Script` has no `import()`. */
  importModule: (url: string) => Promise<unknown>,
) => void;

/** Runs the program on a real process; resolves to its exit code. */
export function start(process: NodeJS.Process): Promise<number> {
  const load = openLoader(dirname(__filename), cacheFolder(process));
  process.once("exit", load.save);
  const main = load.require("./main.cjs") as { start(process: NodeJS.Process): Promise<number> };
  return main.start(process);
}

/** A private folder for this build on this Node, or undefined where there is none to be had. */
function cacheFolder({ env, version, arch, platform, getuid }: NodeJS.Process): string | undefined {
  if (env.EVB_NO_CODE_CACHE) return undefined;
  const base =
    env.XDG_CACHE_HOME ||
    (platform === "win32" ? env.LOCALAPPDATA : undefined) ||
    join(homedir(), platform === "darwin" ? "Library/Caches" : ".cache");
  const folder = join(base, "evb", `${EVB_BUILD}-${version}-${arch}`);
  try {
    const found = statSync(folder, { throwIfNoEntry: false });
    if (found === undefined) mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { uid, mode } = found ?? statSync(folder);
    return getuid === undefined || (uid === getuid() && (mode & 0o022) === 0) ? folder : undefined;
  } catch {
    return undefined;
  }
}

function openLoader(root: string, cache: string | undefined) {
  const loaded = new Map<string, { exports: Exports }>();
  const fresh: { readonly script: Script; readonly file: string }[] = [];

  const load = (id: string): unknown => {
    if (!id.startsWith(".")) return require(id);
    const path = join(root, id);
    const known = loaded.get(path);
    if (known) return known.exports;
    const module = { exports: {} as Exports };
    loaded.set(path, module);
    compile(path)(module.exports, load, module, path, (url) => import(url));
    return module.exports;
  };

  const compile = (path: string): Wrapper => {
    const code = `(function(exports,require,module,__filename,__importModule){${readFileSync(path, "utf8")}\n})`;
    const file = cache && join(cache, basename(path));
    const cachedData = file && tryRead(file);
    const script = new Script(code, { filename: path, ...(cachedData && { cachedData }) });
    if (file && (!cachedData || script.cachedDataRejected)) fresh.push({ script, file });
    return script.runInThisContext() as Wrapper;
  };

  /** Written when the process ends, so that the functions which the run compiled are in it. */
  const save = () => {
    for (const { script, file } of fresh) {
      const partial = `${file}.${process.pid}`;
      try {
        writeFileSync(partial, script.createCachedData(), { mode: 0o600 });
        renameSync(partial, file);
      } catch {
        return;
      }
    }
  };
  return { require: load, save };
}

function tryRead(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
