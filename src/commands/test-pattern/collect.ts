import { explain, type Pattern } from "../../core/pattern/index.ts";
import type { RecordBlock } from "../../shell/records.ts";
import type { TestPatternOptions } from "./command.ts";
import type { TestPatternHappening, Verdict } from "./happening.ts";
import type { Judge } from "./judge.ts";

/** Gathers what a run of records has to say, so that it is told at one go. */
export interface Collector {
  add(block: RecordBlock, i: number, index: number, isMatch: boolean): void;
  /** What has come together since it was last asked. */
  take(): TestPatternHappening | undefined;
}

export function openCollector(options: TestPatternOptions, pattern: Pattern, judge: Judge): Collector {
  if (options.output === "count") return { add: () => {}, take: () => undefined };
  return options.output === "print"
    ? new Events(!options.invert)
    : new Verdicts(options.explain ? (i) => explain(pattern, judge.event(i)) : undefined);
}

class Verdicts implements Collector {
  readonly #reasonsOf: ((i: number) => Verdict["reasons"]) | undefined;
  #verdicts: Verdict[] = [];

  constructor(reasonsOf: ((i: number) => Verdict["reasons"]) | undefined) {
    this.#reasonsOf = reasonsOf;
  }

  add(_block: RecordBlock, i: number, index: number, match: boolean): void {
    this.#verdicts.push({ index, match, reasons: this.#reasonsOf?.(i) });
  }

  take(): TestPatternHappening | undefined {
    if (this.#verdicts.length === 0) return undefined;
    const verdicts = this.#verdicts;
    this.#verdicts = [];
    return { kind: "verdicts", verdicts };
  }
}

const newline = Uint8Array.of(0x0a);

/** Events as they stand, one a line. Neighbours are kept as one stretch, and nothing is copied but where there are gaps. */
class Events implements Collector {
  readonly #wanted: boolean;
  #pieces: Uint8Array[] = [];
  #bytes: Uint8Array = newline;
  #start = 0;
  #end = 0;

  constructor(wanted: boolean) {
    this.#wanted = wanted;
  }

  add({ bytes, isLines, starts, ends }: RecordBlock, i: number, _index: number, isMatch: boolean): void {
    if (isMatch !== this.#wanted) return;
    const start = starts[i]!;
    const end = ends[i]!;
    if (isLines && end < bytes.length) {
      if (start !== this.#end || bytes !== this.#bytes) this.#cut(bytes, start);
      this.#end = end + 1;
      return;
    }
    this.#cut(bytes, end);
    this.#pieces.push(withoutLineEnds(bytes.subarray(start, end), isLines), newline);
  }

  take(): TestPatternHappening | undefined {
    this.#cut(newline, 0);
    const pieces = this.#pieces;
    if (pieces.length === 0) return undefined;
    this.#pieces = [];
    return { kind: "events", bytes: pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces) };
  }

  /** Ends the stretch, and begins another one, yet empty. */
  #cut(bytes: Uint8Array, start: number): void {
    if (this.#end > this.#start) this.#pieces.push(this.#bytes.subarray(this.#start, this.#end));
    this.#bytes = bytes;
    this.#start = start;
    this.#end = start;
  }
}

/** JSON texts hold line ends only as white space, so dropping them changes nothing. */
const withoutLineEnds = (bytes: Uint8Array, isLine: boolean): Uint8Array =>
  isLine || !bytes.includes(0x0a) ? bytes : bytes.filter((byte) => byte !== 0x0a && byte !== 0x0d);
