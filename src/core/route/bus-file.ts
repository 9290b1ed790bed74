/**
 * A bus file: buses with their rules and targets, and the queues behind them, as one JSON document. It is what
 * `evb local --from` starts with. Targets and dead-letter queues name queues or buses of the file.
 */
export interface BusFile {
  readonly buses: Readonly<
    Record<string, { readonly description?: string; readonly rules: Readonly<Record<string, RuleSpec>> }>
  >;
  readonly queues: Readonly<Record<string, QueueSpec>>;
}

export interface RuleSpec {
  readonly description?: string;
  /** A JSON object; whether it is a valid pattern is AWS's, or the emulator's, to say. */
  readonly pattern: Readonly<Record<string, unknown>>;
  readonly state?: "ENABLED" | "DISABLED";
  readonly targets: readonly TargetSpec[];
}

export interface TargetSpec {
  readonly id: string;
  /** Exactly one of `queue` and `bus`. */
  readonly queue?: string;
  readonly bus?: string;
  readonly input?: string;
  readonly inputPath?: string;
  readonly inputTransformer?: {
    readonly inputPathsMap?: Readonly<Record<string, string>>;
    readonly inputTemplate: string;
  };
  readonly messageGroupId?: string;
  readonly deadLetterQueue?: string;
  readonly retryPolicy?: {
    readonly maximumRetryAttempts?: number;
    readonly maximumEventAgeInSeconds?: number;
  };
}

export interface QueueSpec {
  readonly attributes?: Readonly<Record<string, string>>;
  /** `rules` (the default): the rules of the file may send to it. `none`: nobody may, so deliveries fail. */
  readonly policy?: "rules" | "none";
}

export type BusFileResult =
  | { readonly ok: true; readonly file: BusFile }
  /** Every mistake, each with the path where it is. */
  | { readonly ok: false; readonly faults: readonly string[] };

type Json = Readonly<Record<string, unknown>>;

/** Checks a parsed JSON document and gives all its mistakes at once. */
export function parseBusFile(value: unknown): BusFileResult {
  const faults: string[] = [];
  const check = new Check(faults);
  const file = check.object("", value, ["$schema", "description", "buses", "queues"]);
  const queues = check.object("queues", file.queues ?? {});
  for (const [name, queue] of Object.entries(queues)) {
    const { policy } = check.object(`queues.${name}`, queue, ["description", "attributes", "policy"]);
    if (policy !== undefined && policy !== "rules" && policy !== "none")
      faults.push(`queues.${name}.policy: expected "rules" or "none"`);
  }
  const buses = check.object("buses", file.buses ?? {});
  for (const [name, bus] of Object.entries(buses)) {
    const { rules = {} } = check.object(`buses.${name}`, bus, ["description", "rules"]);
    for (const [rule, spec] of Object.entries(check.object(`buses.${name}.rules`, rules)))
      check.rule(`buses.${name}.rules.${rule}`, spec, queues, buses);
  }
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, file: { queues, buses: withRules(buses) } as BusFile };
}

const withRules = (buses: Json): Json =>
  Object.fromEntries(Object.entries(buses).map(([name, bus]) => [name, { rules: {}, ...(bus as Json) }]));

class Check {
  readonly faults: string[];
  constructor(faults: string[]) {
    this.faults = faults;
  }

  object(path: string, value: unknown, known?: readonly string[]): Json {
    const where = path || "the file";
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      this.faults.push(`${where}: expected an object`);
      return {};
    }
    for (const key of Object.keys(value))
      if (known && !known.includes(key))
        this.faults.push(
          `${where}: unknown field ${JSON.stringify(key)}, expected one of ${known.join(", ")}`,
        );
    return value as Json;
  }

  rule(path: string, value: unknown, queues: Json, buses: Json): void {
    const rule = this.object(path, value, ["description", "pattern", "state", "targets"]);
    this.object(`${path}.pattern`, rule.pattern);
    if (rule.state !== undefined && rule.state !== "ENABLED" && rule.state !== "DISABLED")
      this.faults.push(`${path}.state: expected "ENABLED" or "DISABLED"`);
    if (!Array.isArray(rule.targets)) return void this.faults.push(`${path}.targets: expected a list`);
    for (const [index, target] of rule.targets.entries())
      this.target(`${path}.targets[${index}]`, target, queues, buses);
  }

  target(path: string, value: unknown, queues: Json, buses: Json): void {
    const target = this.object(path, value, targetFields);
    if (typeof target.id !== "string") this.faults.push(`${path}.id: expected a text`);
    if ((target.queue === undefined) === (target.bus === undefined))
      this.faults.push(`${path}: expected one of queue and bus`);
    for (const [field, names] of [
      ["queue", queues],
      ["deadLetterQueue", queues],
      ["bus", buses],
    ] as const) {
      const name = target[field];
      if (name !== undefined && (typeof name !== "string" || !Object.hasOwn(names, name)))
        this.faults.push(
          `${path}.${field}: the file has no ${field === "bus" ? "bus" : "queue"} ${JSON.stringify(name)}`,
        );
    }
    if (target.retryPolicy !== undefined)
      this.object(`${path}.retryPolicy`, target.retryPolicy, [
        "maximumRetryAttempts",
        "maximumEventAgeInSeconds",
      ]);
    if (target.inputTransformer !== undefined) {
      const transformer = this.object(`${path}.inputTransformer`, target.inputTransformer, [
        "inputPathsMap",
        "inputTemplate",
      ]);
      if (typeof transformer.inputTemplate !== "string")
        this.faults.push(`${path}.inputTransformer.inputTemplate: expected a text`);
    }
  }
}

const targetFields = [
  "id",
  "queue",
  "bus",
  "input",
  "inputPath",
  "inputTransformer",
  "messageGroupId",
  "deadLetterQueue",
  "retryPolicy",
] as const;
