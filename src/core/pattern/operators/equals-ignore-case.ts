import { Folded } from "../value/fold.ts";
import { Screen } from "../value/screen.ts";
import type { Value } from "../value/value.ts";
import { nearText } from "./hints.ts";
import { closeObject, type Matcher, type Operator } from "./operator.ts";

/** `{"equals-ignore-case": text}`: the string, in whatever case. */
export const equalsIgnoreCase: Operator = {
  name: "equals-ignore-case",
  parse(reader) {
    if (reader.next() !== "string") reader.fail("equals-ignore-case match pattern must be a string");
    const matcher = new EqualsIgnoreCase(reader.text());
    closeObject(reader);
    return matcher;
  },
};

class EqualsIgnoreCase implements Matcher {
  readonly operator = "equals-ignore-case";
  readonly screen: Screen | undefined;
  readonly #text: string;
  readonly #folded: Folded;

  constructor(text: string) {
    this.#text = text;
    this.#folded = new Folded(text);
    const outline = this.#folded.outline("whole");
    if (outline !== undefined) this.screen = new Screen([outline]);
  }

  test(value: Value): boolean {
    return this.#folded.equals(value);
  }

  print(): string {
    return `{"equals-ignore-case":${JSON.stringify(this.#text)}}`;
  }

  wanted(): unknown {
    return this.#text;
  }

  hint(value: Value): string | undefined {
    return nearText(value, this.#text);
  }
}
