import { EvbError } from "../../errors.ts";
import { findJsonFault } from "../../json.ts";
import type { Place } from "../bus.ts";
import type { Entry, Tree } from "./tree.ts";

/**
 * JSON with the place of every value. The `yaml` package reads JSON too, but at a thousandth of the speed, and the plan
 * of a large Terraform project has tens of megabytes.
 */
export function readJson(file: string, text: string): Tree {
  try {
    JSON.parse(text);
  } catch (cause) {
    const fault = findJsonFault(text);
    if (fault === undefined) throw cause;
    throw new EvbError(
      "BAD_JSON",
      `${file}:${fault.line}:${fault.column}: no valid JSON: ${fault.reason}`,
      [],
      cause,
    );
  }
  return new Reader(file, text).value();
}

/** Reads a text that is known to be JSON. */
class Reader {
  readonly #file: string;
  readonly #text: string;
  readonly #token = /[\t\r ]*(?:(\n)|"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+)/y;
  #line = 1;
  #lineStart = 0;
  #place: Place;

  constructor(file: string, text: string) {
    this.#file = file;
    this.#text = text;
    this.#place = { file };
  }

  value(token = this.#next()): Tree {
    const place = this.#place;
    if (token === "{") return this.#dict(place);
    if (token === "[") return this.#list(place);
    const value = JSON.parse(token) as string | number | boolean | null;
    return typeof value === "number"
      ? { kind: "leaf", value, source: token, place }
      : { kind: "leaf", value, place };
  }

  #dict(place: Place): Tree {
    const entries = new Map<string, Entry>();
    for (let token = this.#next(); token !== "}"; token = this.#next()) {
      if (token === ",") token = this.#next();
      const keyPlace = this.#place;
      this.#next();
      entries.set(JSON.parse(token), { place: keyPlace, value: this.value() });
    }
    return { kind: "dict", entries, place };
  }

  #list(place: Place): Tree {
    const items: Tree[] = [];
    for (let token = this.#next(); token !== "]"; token = this.#next())
      if (token !== ",") items.push(this.value(token));
    return { kind: "list", items, place };
  }

  #next(): string {
    for (;;) {
      const found = this.#token.exec(this.#text)!;
      if (found[1] === undefined) {
        const token = found[0].trimStart();
        const start = this.#token.lastIndex - token.length;
        this.#place = { file: this.#file, line: this.#line, column: start - this.#lineStart + 1 };
        return token;
      }
      this.#line++;
      this.#lineStart = this.#token.lastIndex;
    }
  }
}
