import { type Pattern, RuleSet } from "../../core/pattern/index.ts";
import type { Archive } from "./archive/archive.ts";
import type { Rule } from "./store.ts";

/** The rules of one bus: by name, and by what they match. */
export class Rules {
  readonly #all = new Map<string, Rule>();
  /** The enabled ones with a pattern. */
  readonly #matcher = new RuleSet();
  readonly #wild = new Set<string>();
  readonly #archives = new Map<string, Archive>();

  get size(): number {
    return this.#all.size;
  }

  get(name: string): Rule | undefined {
    return this.#all.get(name);
  }

  values(): IterableIterator<Rule> {
    return this.#all.values();
  }

  /** Adds a rule or replaces the one of its name; to be called again when the rule's state has changed. */
  put(rule: Rule): void {
    const { name, compiled, archive } = rule;
    this.delete(name);
    this.#all.set(name, rule);
    if (archive !== undefined) this.#archives.set(name, archive);
    if (compiled === undefined) return;
    if (hasWildcard(compiled)) this.#wild.add(name);
    if (rule.state !== "DISABLED") this.#matcher.add(name, compiled);
  }

  delete(name: string): void {
    this.#all.delete(name);
    this.#wild.delete(name);
    this.#archives.delete(name);
    this.#matcher.delete(name);
  }

  /** Enabled rules that an event (UTF-8) matches. */
  matching(event: Uint8Array): Rule[] {
    return this.#matcher.matchJson(event).map((name) => this.#all.get(name)!);
  }

  archives(): IterableIterator<Archive> {
    return this.#archives.values();
  }

  /** How many rules have a pattern with a wildcard, the one of this name not counted. */
  wildcardsBeside(name: string): number {
    return this.#wild.size - (this.#wild.has(name) ? 1 : 0);
  }
}

export const hasWildcard = ({ branches }: Pattern): boolean =>
  branches.some((branch) =>
    branch.some(({ matchers }) => matchers.some(({ wildcards }) => wildcards !== undefined)),
  );
