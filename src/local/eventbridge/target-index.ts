import { NameOrder } from "./name-order.ts";
import type { Rule } from "./store.ts";

/** Which rules of a bus have a target, so that nobody has to look through all of them. */
export class TargetIndex {
  /** Names of rules by the ARN of a target. */
  readonly #rules = new Map<string, NameOrder>();
  /** What each rule is noted under. */
  readonly #arns = new Map<string, ReadonlySet<string>>();

  /** To be called when a rule's targets may have changed. */
  note({ name, targets }: Rule): void {
    const before = this.#arns.get(name);
    if (before === undefined && targets.size === 0) return;
    const now = new Set([...targets.values()].map(({ Arn }) => Arn!));
    for (const arn of before ?? []) if (!now.has(arn)) this.#drop(arn, name);
    for (const arn of now) if (before?.has(arn) !== true) this.#add(arn, name);
    this.#arns.set(name, now);
  }

  forget(name: string): void {
    for (const arn of this.#arns.get(name) ?? []) this.#drop(arn, name);
    this.#arns.delete(name);
  }

  /** Names in ascending order, those after `after`. */
  rulesOf(arn: string, after: string | undefined): Iterable<string> {
    return this.#rules.get(arn)?.beginning("", after) ?? [];
  }

  #add(arn: string, name: string): void {
    let names = this.#rules.get(arn);
    if (names === undefined) {
      names = new NameOrder();
      this.#rules.set(arn, names);
    }
    names.add(name);
  }

  #drop(arn: string, name: string): void {
    const names = this.#rules.get(arn);
    names?.delete(name);
    if (names?.size === 0) this.#rules.delete(arn);
  }
}
