/** Where a JSON text is broken, and how. Line and column count from 1, in UTF-16 units. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
  /** `expected ',' or '}' but found 'x'`. */
  readonly reason: string;
}

/**
 * Finds the first fault of a text that `JSON.parse` refused. Engines word and place their errors differently, so the
 * place is found here; `undefined` when the text is JSON after all.
 */
export function findJsonFault(text: string): JsonFault | undefined {
  const scan = new Scan(text);
  try {
    scan.blank();
    scan.value();
    scan.blank();
    if (scan.at < text.length) scan.fail("expected the end of the text");
    return undefined;
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    return { ...placeOf(text, error.at), reason: error.message };
  }
}

/** How deep the objects and arrays of a JSON text are nested: 1 for `{}`, 0 for a bare value. */
export function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = endOfString(text, at);
    else if (code === 0x7b || code === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (code === 0x7d || code === 0x5d) depth--;
  }
  return deepest;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === 0x22) return at;
  }
  return text.length;
}

/** Line and column of an offset into a text, both from 1. */
export function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return { line, column: offset - before.lastIndexOf("\n") };
}

class Broken extends Error {
  readonly at: number;
  constructor(at: number, reason: string) {
    super(reason);
    this.at = at;
  }
}

/** A reader that only checks. Containers are kept on a stack of its own, so that depth cannot overflow the call stack. */
class Scan {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  value(): void {
    const open: string[] = [];
    for (;;) {
      const closer = this.opening();
      if (closer !== undefined) {
        open.push(closer);
        this.blank();
        if (this.text[this.at] !== closer) {
          if (closer === "}") this.key();
          continue;
        }
      } else this.scalar();
      if (!this.next(open)) return;
    }
  }

  /** After a value or at a closing bracket: closes what ends here and goes to the next value, if there is one. */
  private next(open: string[]): boolean {
    for (;;) {
      const closer = open.at(-1);
      if (closer === undefined) return false;
      this.blank();
      const here = this.text[this.at];
      if (here === closer) {
        this.at++;
        open.pop();
        continue;
      }
      if (here !== ",") this.fail(`expected ',' or '${closer}'`);
      this.at++;
      this.blank();
      if (closer === "}") this.key();
      return true;
    }
  }

  private opening(): string | undefined {
    const here = this.text[this.at];
    if (here !== "{" && here !== "[") return undefined;
    this.at++;
    return here === "{" ? "}" : "]";
  }

  private key(): void {
    if (this.text[this.at] !== '"') this.fail("expected a key in double quotes");
    this.string();
    this.blank();
    if (this.text[this.at] !== ":") this.fail("expected ':'");
    this.at++;
    this.blank();
  }

  private scalar(): void {
    if (this.text[this.at] === '"') {
      this.string();
      return;
    }
    const token = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;
    token.lastIndex = this.at;
    const found = token.exec(this.text);
    if (found === null) this.fail("expected a value");
    this.at += found![0].length;
  }

  private string(): void {
    const start = this.at++;
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (Number.isNaN(code)) {
        this.at = start;
        this.fail("the text ends inside the string that begins here");
      }
      if (code === 0x22) break;
      if (code < 0x20) this.fail("a control character must be escaped inside a string");
      if (code === 0x5c) this.escape();
      else this.at++;
    }
    this.at++;
  }

  private escape(): void {
    const sequence = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
    sequence.lastIndex = this.at;
    const found = sequence.exec(this.text);
    if (found === null) this.fail("broken escape sequence");
    this.at += found![0].length;
  }

  blank(): void {
    const blank = /[ \t\r\n]*/y;
    blank.lastIndex = this.at;
    this.at += blank.exec(this.text)![0].length;
  }

  fail(expected: string): never {
    const found =
      this.at >= this.text.length ? "the text ends" : `found ${JSON.stringify(this.text[this.at])}`;
    throw new Broken(this.at, expected.startsWith("expected") ? `${expected} but ${found}` : expected);
  }
}
