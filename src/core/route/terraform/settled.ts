import type { Unknown } from "../bus.ts";
import { isMarked } from "../source/unknowns.ts";
import type { Resource } from "./plan.ts";
import type { Values } from "./values.ts";

type Path = readonly (string | number)[];

/** Reads values of one resource and remembers what in them only the apply decides. */
export class Settled {
  readonly unknowns: Unknown[];
  readonly #values: Values;
  readonly #resource: Resource;

  /** `unknowns`: where those of several resources are to come together. */
  constructor(values: Values, resource: Resource, unknowns: Unknown[] = []) {
    this.#values = values;
    this.#resource = resource;
    this.unknowns = unknowns;
  }

  /** A text in which it only counts who is meant. */
  name(path: Path, what: string): string | undefined {
    const text = this.#values.text(this.#resource, path);
    return text && this.#values.source.unknowns.settle(text, this.#tell(what));
  }

  /** A text of which every letter counts. */
  text(path: Path, what: string): string | undefined {
    const text = this.#values.text(this.#resource, path);
    return text && this.#values.source.unknowns.spell(text, this.#tell(what));
  }

  /** Tells of what is known only after the apply, without a value to stand for it. */
  tellUnknown(path: Path, what: string): void {
    if (!this.#values.isUnknown(this.#resource, path)) return;
    const name = `${this.#resource.address}.${path.filter((key) => typeof key === "string").join(".")}`;
    this.#tell(what)({ name });
  }

  number(path: Path, what: string): number | undefined {
    const text = this.#values.text(this.#resource, path);
    if (text === undefined) return undefined;
    if (isMarked(text)) this.#values.settled(text);
    const value = Number(this.#values.source.unknowns.settle(text, this.#tell(what)));
    return Number.isInteger(value) ? value : undefined;
  }

  /** The name of the resource itself. */
  own(): string {
    return this.#values.settled(this.#values.nameOf(this.#resource));
  }

  get isNameGenerated(): boolean {
    return isMarked(this.#values.nameOf(this.#resource));
  }

  arn(): string {
    return this.#values.settled(this.#values.arnOf(this.#resource));
  }

  #tell(path: string): (unknown: Omit<Unknown, "path">) => void {
    return (unknown) => {
      if (!this.unknowns.some((other) => other.name === unknown.name && other.path === path))
        this.unknowns.push({ place: this.#resource.place, ...unknown, path });
    };
  }
}
