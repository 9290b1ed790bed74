/**
 * A routing test, as `*.evb.yaml` files write it: events on one side, what a bus shall make of them on the other.
 * `templates/schemas/suite.schema.json` describes the file field by field; it is what files are checked by.
 */
export interface Suite {
  readonly bus: BusChoice;
  readonly tests: readonly TestCase[];
}

export interface BusChoice {
  /** A file that a bus is read from; a deployed bus otherwise. Relative to the suite. */
  readonly from?: string;
  readonly name?: string;
  readonly parameters?: Readonly<Record<string, string | number | boolean>>;
}

export interface TestCase {
  readonly name: string;
  readonly tags?: readonly string[];
  /** One of these says where the events come from; each event has to do what is expected. */
  readonly event?: Readonly<Record<string, unknown>>;
  /** A file of events, or a directory of such files. Relative to the suite. */
  readonly file?: string;
  /** A path relative to the suite, or a name as `evb put` looks it up. */
  readonly template?: string;
  readonly values?: Readonly<Record<string, unknown>>;
  /** Overrides of single fields after rendering: `detail.order.id: 42`. */
  readonly set?: Readonly<Record<string, unknown>>;
  readonly expect: Expectation;
}

export interface Expectation {
  /** Rules that match: names, or `bus:rule` of a bus that the event goes on to. */
  readonly rules?: Names;
  /** Targets that are fed: `rule/target`, or the target's id alone. */
  readonly targets?: Names;
  /** What targets receive, by the names of `targets`. */
  readonly bodies?: Readonly<Record<string, BodyExpectation>>;
  /** No rule takes the event. */
  readonly unrouted?: boolean;
}

/** A list means exactly these. */
export type Names =
  | readonly string[]
  | {
      readonly exactly?: readonly string[];
      readonly atLeast?: readonly string[];
      readonly noneOf?: readonly string[];
    };

export interface BodyExpectation {
  /** The whole body: as JSON where it is given as such, as text where it is a text. */
  readonly equals?: unknown;
  /** Everything that is here is in the body too; lists have to be equal. */
  readonly contains?: unknown;
  /** Values by path: `$.order.id`. */
  readonly paths?: Readonly<Record<string, unknown>>;
  /** The body is the one that `--update` has kept. */
  readonly snapshot?: boolean;
}
