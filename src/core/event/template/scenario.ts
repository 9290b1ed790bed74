import { parseDuration } from "../../duration.ts";
import { EvbError } from "../../errors.ts";
import { nearNames } from "../../near.ts";
import { kindOf } from "../draft.ts";
import { parsePath, type Step } from "../path.ts";
import { parseTemplate, type Template } from "./parse.ts";
import { placeInTemplate } from "./place.ts";

/** Several templates in order, each built on what the ones before it made. */
export interface Scenario {
  /** Its variables hold for one pass through all steps. The body is empty. */
  readonly head: Template;
  readonly steps: readonly ScenarioStep[];
}

export interface ScenarioStep {
  /** What errors call it: `orders.json, step 2 (pay)`. */
  readonly place: string;
  /** The path or name of a template or a file of events, or a template written in place. */
  readonly template: string | object;
  /** Values of its variables, rendered with what is known by then. */
  readonly vars: Readonly<Record<string, unknown>>;
  readonly count: number;
  /** How long to wait before it, in milliseconds. */
  readonly delay?: number | undefined;
  /** What later steps may use, by name, and where in the event it stands; `id` is the id that EventBridge gave. */
  readonly capture: ReadonlyMap<string, readonly Step[]>;
}

/** A JSON text holds a scenario, not an event or a list of events. */
export const isScenario = (json: unknown): json is Record<string, unknown> =>
  typeof json === "object" && json !== null && !Array.isArray(json) && "steps" in json && !("detail" in json);

const keys = ["name", "template", "event", "vars", "count", "delay", "capture"];

export function parseScenario(name: string, text: string, json: Record<string, unknown>): Scenario {
  const template = parseTemplate(name, text, json);
  const { steps, ...others } = template.body as Record<string, unknown>;
  const [other] = Object.keys(others);
  const fail = (location: readonly string[], sentence: string, word?: string): never => {
    throw new EvbError("BAD_TEMPLATE", `${name}:${placeInTemplate(text, location, word)}: ${sentence}`, [
      'for example {"steps": [{"template": "order-placed", "capture": {"order": "detail.orderId"}}, {"template": "paid", "delay": "2s"}]}',
    ]);
  };
  if (other !== undefined)
    fail([], `a scenario has no ${JSON.stringify(other)}: steps and $template are known`, other);
  if (!Array.isArray(steps) || steps.length === 0) return fail([".steps"], "steps must be a list of steps");
  const read = steps.map((step, i) =>
    parseStep(step, `${name}, step ${i + 1}`, (sentence, word) => fail([".steps", `[${i}]`], sentence, word)),
  );
  return { head: { ...template, body: {} }, steps: read };
}

type Fail = (sentence: string, word?: string) => never;

function parseStep(step: unknown, place: string, fail: Fail): ScenarioStep {
  if (!isObject(step)) return fail(`a step is an object, found ${kindOf(step)}`);
  const unknown = Object.keys(step).find((key) => !keys.includes(key));
  if (unknown !== undefined) {
    const [near] = nearNames(unknown, keys);
    fail(`a step has no ${unknown}: ${near ? `is ${near} meant?` : `${keys.join(", ")} are known`}`, unknown);
  }
  const { name, template, event, vars = {}, count = 1, delay, capture = {} } = step;
  const made = template ?? event;
  const isOne = (template === undefined) !== (event === undefined);
  if (
    !isOne ||
    (template !== undefined && typeof template !== "string") ||
    (event !== undefined && !isObject(event))
  )
    fail("a step has a template (a name or a path) or an event (an object)", "template");
  if (!isObject(vars)) return fail(`vars must be an object, found ${kindOf(vars)}`, "vars");
  if (!Number.isSafeInteger(count) || (count as number) < 1)
    fail("count must be a whole number from 1", "count");
  const ms =
    typeof delay === "number" ? delay * 1000 : typeof delay === "string" ? parseDuration(delay) : undefined;
  if (delay !== undefined && ms === undefined) fail('delay must be a duration such as "2s"', "delay");
  return {
    place: typeof name === "string" ? `${place} (${name})` : place,
    template: made as string | object,
    vars,
    count: count as number,
    delay: ms,
    capture: parseCapture(capture, fail),
  };
}

function parseCapture(capture: unknown, fail: Fail): ReadonlyMap<string, readonly Step[]> {
  if (!isObject(capture)) return fail(`capture must be an object, found ${kindOf(capture)}`, "capture");
  return new Map(
    Object.entries(capture).map(([name, path]) => {
      if (!/^[a-zA-Z_]\w*$/.test(name)) fail(`${JSON.stringify(name)} is no name for a value`, "capture");
      const steps = typeof path === "string" ? parsePath(path) : "a path is a text such as detail.order.id";
      return typeof steps === "string" ? fail(`capture ${name}: ${steps}`, "capture") : [name, steps];
    }),
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
