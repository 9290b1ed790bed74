/** Given by `load.ts` in the bundled program, where `import()` means its own chunks. */
declare const __importModule: ((url: string) => Promise<unknown>) | undefined;

/** Loads a module of the user's, by its URL. */
export const importModule = (url: string): Promise<unknown> =>
  typeof __importModule === "function" ? __importModule(url) : import(/* @vite-ignore */ url);
