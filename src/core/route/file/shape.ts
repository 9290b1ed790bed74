import type { Faults } from "../source/fault.ts";
import { entriesOf, renderTree, type Tree, textOf } from "../source/tree.ts";

/** Fields of a bus file, by what has them. */
export const fileFields = {
  file: ["$schema", "description", "home", "buses", "queues"],
  home: ["partition", "region", "account"],
  bus: ["description", "deadLetterQueue", "policy", "archives", "rules"],
  archive: ["description", "pattern", "retentionDays"],
  rule: ["description", "pattern", "schedule", "state", "roleArn", "managedBy", "targets", "unknowns"],
  unknown: ["name", "path"],
  target: [
    "id",
    "queue",
    "bus",
    "arn",
    "roleArn",
    "input",
    "inputPath",
    "inputTransformer",
    "messageGroupId",
    "deadLetterQueue",
    "retryPolicy",
    "parameters",
  ],
  transformer: ["inputPathsMap", "inputTemplate"],
  retry: ["maximumRetryAttempts", "maximumEventAgeInSeconds"],
  queue: ["description", "attributes", "deadLetterQueue", "maxReceiveCount", "policy"],
} as const satisfies Record<string, readonly string[]>;

/** Reads fields and tells what is wrong with them, with the path at which they are. */
export class FieldReader {
  readonly #faults: Faults;
  constructor(faults: Faults) {
    this.#faults = faults;
  }

  fault({ place }: Pick<Tree, "place">, path: string, what: string): undefined {
    this.#faults.add(place, `${path}: ${what}`);
  }

  /** The fields of an object; none where there is no object. */
  fields(tree: Tree | undefined, path: string, known?: readonly string[]): ReadonlyMap<string, Tree> {
    if (tree === undefined) return new Map();
    if (tree.kind !== "dict") this.fault(tree, path, "expected an object");
    for (const [key, { place }] of entriesOf(tree))
      if (known !== undefined && !known.includes(key))
        this.fault(
          { place },
          path,
          `unknown field ${JSON.stringify(key)}, expected one of ${known.join(", ")}`,
        );
    return new Map(entriesOf(tree).map(([key, { value }]) => [key, value]));
  }

  text(tree: Tree | undefined, path: string): string | undefined {
    if (tree === undefined || (tree.kind === "leaf" && typeof tree.value === "string")) return textOf(tree);
    return this.fault(tree, path, "expected a text");
  }

  number(tree: Tree | undefined, path: string): number | undefined {
    if (tree === undefined) return undefined;
    if (tree.kind === "leaf" && Number.isInteger(tree.value)) return tree.value as number;
    return this.fault(tree, path, "expected a whole number");
  }

  /** A pattern: an object, or the JSON text of one, of which equal keys and the like are kept. */
  pattern(tree: Tree | undefined, path: string): string | undefined {
    return tree?.kind === "leaf" && typeof tree.value === "string" ? tree.value : this.object(tree, path);
  }

  /** The JSON text of an object. */
  object(tree: Tree | undefined, path: string): string | undefined {
    if (tree === undefined) return undefined;
    return tree.kind === "dict" ? renderTree(tree) : this.fault(tree, path, "expected an object");
  }

  oneOf<T extends string>(tree: Tree | undefined, path: string, choices: readonly T[]): T | undefined {
    if (tree === undefined) return undefined;
    const text = textOf(tree) as T;
    return choices.includes(text)
      ? text
      : this.fault(tree, path, `expected ${choices.map((choice) => JSON.stringify(choice)).join(" or ")}`);
  }
}
