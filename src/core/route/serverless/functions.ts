import { busLimits } from "../../limits.ts";
import { nearNames } from "../../near.ts";
import type { Faults } from "../source/fault.ts";
import {
  at,
  dict,
  type Entry,
  entriesOf,
  itemsOf,
  leaf,
  list,
  renderTree,
  type Tree,
  textOf,
} from "../source/tree.ts";
import { isMarked } from "../source/unknowns.ts";
import type { Variables } from "./variables.ts";

/** A function of the service. */
interface Owner {
  /** Its key in the file, as the framework spells it in logical ids. */
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly place: Tree["place"];
}

/** The functions of the file: an object, or a list of objects, each of which may stand in another file. */
export function functionsOf(
  tree: Tree | undefined,
  variables: Variables,
  faults: Faults,
): ReadonlyMap<string, Entry> {
  if (tree === undefined) return new Map();
  if (tree.kind === "list")
    return new Map(tree.items.flatMap((item) => [...functionsOf(item, variables, faults)]));
  const all = variables.open(tree);
  if (all.kind !== "dict") {
    notRead("functions", all, faults);
    return new Map();
  }
  return new Map(
    [...all.entries].map(([key, { value, place }]) => {
      const opened = variables.open(value);
      if (opened.kind !== "dict") notRead(`function ${key}`, opened, faults);
      return [key, { value: opened, place }];
    }),
  );
}

/** A file that is not there, or that is a program, is an unknown; anything else is a slip. */
function notRead(what: string, tree: Tree, faults: Faults): void {
  const text = textOf(tree);
  if (text === undefined) faults.add(tree.place, `${what}: expected an object`);
  else if (isMarked(text))
    faults.warn(tree.place, `${what}: not read, for what it stands in is not known here`);
  else faults.add(tree.place, `${what}: expected an object, found ${JSON.stringify(text)}`);
}

/** The CloudFormation resources that the framework makes of the functions and their events, named as it names them. */
export function resourcesOf(
  functions: ReadonlyMap<string, Entry>,
  stack: string,
  variables: Variables,
  faults: Faults,
): Map<string, Entry> {
  const made = new Map<string, Entry>();
  for (const [key, { value, place }] of functions) {
    const given = at(value, "name");
    const name = textOf(given && variables.resolve(given)) ?? `${stack}-${key}`;
    const owner = { id: normal(key), key, name, place };
    const properties = dict({ FunctionName: leaf(name, place) }, place);
    made.set(`${owner.id}LambdaFunction`, resource("AWS::Lambda::Function", properties, place));
    const events = at(value, "events");
    const resolved = events && variables.resolve(events);
    if (resolved === undefined) continue;
    faults.about(key, () => {
      for (const [id, entry] of eventResources(owner, itemsOf(resolved), faults)) made.set(id, entry);
    });
  }
  return made;
}

const ruleEvents = ["eventBridge", "cloudwatchEvent", "schedule"];

function eventResources(owner: Owner, events: readonly Tree[], faults: Faults): [string, Entry][] {
  const counts = { cloudwatchEvent: 0, schedule: 0 };
  return events.flatMap((event, index): [string, Entry][] => {
    const [kind, entry] = entriesOf(event)[0] ?? [];
    if (entry === undefined) return [];
    if (kind === "eventBridge") return eventBridge(owner, entry, index + 1, faults);
    if (kind === "cloudwatchEvent")
      return [
        [`${owner.id}EventsRuleCloudWatchEvent${++counts.cloudwatchEvent}`, cloudwatchEvent(owner, entry)],
      ];
    if (kind === "schedule") return schedule(owner, entry, ++counts.schedule, faults);
    const near = nearNames(kind ?? "", ruleEvents);
    if (near.length > 0)
      faults.warn(entry.place, `event ${kind} makes no rule`, `did you mean ${near.join(" or ")}?`);
    return [];
  });
}

function eventBridge(
  owner: Owner,
  { value: event, place }: Entry,
  index: number,
  faults: Faults,
): [string, Entry][] {
  const of = (name: string) => at(event, name);
  const stub = `${owner.name}-rule-${index}`;
  const name = textOf(of("name")) ?? shorten(stub);
  const bus = textOf(of("eventBus"));
  const inputs = ["input", "inputPath", "inputTransformer"].filter((field) => of(field) !== undefined);
  if (inputs.length > 1) faults.add(place, `the event has ${inputs.join(" and ")}`, "give one of them");
  const rule = ruleOf(owner, event, place, {
    Name: leaf(name, place),
    Description: of("description"),
    EventBusName: bus === "default" ? undefined : of("eventBus"),
    EventPattern: of("pattern"),
    ScheduleExpression: of("schedule"),
    Id: leaf(shorten(`${name}-target`), place),
  });
  const made: [string, Entry][] = [
    [`${stub.replace(/[^0-9A-Za-z]/g, "").replace(/^./, upper)}EventBridgeRule`, rule],
  ];
  // A bus that is just named is made by the framework; one that is referred to, or given by its ARN, is there.
  if (bus !== undefined && bus !== "default" && !bus.startsWith("arn"))
    made.unshift([
      `${normal(bus)}EventBridgeEventBus`,
      resource("AWS::Events::EventBus", dict({ Name: of("eventBus") }, place), place),
    ]);
  return made;
}

function cloudwatchEvent(owner: Owner, { value: event, place }: Entry): Entry {
  return ruleOf(owner, event, place, {
    Name: at(event, "name"),
    Description: at(event, "description"),
    EventPattern: at(event, "event"),
    Id: leaf(`${owner.key}CloudWatchEvent`, place),
  });
}

/** `schedule: rate(…)`, or an object with one rate or several. */
function schedule(
  owner: Owner,
  { value: event, place }: Entry,
  index: number,
  faults: Faults,
): [string, Entry][] {
  if (textOf(at(event, "method")) === "scheduler") {
    faults.warn(
      place,
      "the schedule belongs to EventBridge Scheduler and is no rule of a bus: it is passed over",
    );
    return [];
  }
  const rate = event.kind === "leaf" ? event : at(event, "rate");
  const rates = rate?.kind === "list" ? rate.items : rate === undefined ? [] : [rate];
  return rates.map((expression, offset) => [
    `${owner.id}EventsRuleSchedule${index + offset}`,
    ruleOf(owner, event, place, {
      Name: at(event, "name"),
      Description: at(event, "description"),
      ScheduleExpression: expression,
      Id: leaf(`${owner.key}Schedule`, place),
    }),
  ]);
}

type RuleParts = Readonly<
  Record<"Id", Tree> &
    Partial<
      Record<
        "Name" | "Description" | "EventBusName" | "EventPattern" | "ScheduleExpression",
        Tree | undefined
      >
    >
>;

function ruleOf(owner: Owner, event: Tree, place: Tree["place"], { Id, ...properties }: RuleParts): Entry {
  const of = (name: string) => at(event, name);
  const input = of("input");
  const dead = of("deadLetterQueueArn");
  const target = dict(
    {
      Arn: dict(
        { "Fn::GetAtt": list([leaf(`${owner.id}LambdaFunction`, place), leaf("Arn", place)], place) },
        place,
      ),
      Id,
      Input: input && (input.kind === "leaf" ? input : leaf(renderTree(input), input.place)),
      InputPath: of("inputPath"),
      InputTransformer: renamed(of("inputTransformer"), {
        inputPathsMap: "InputPathsMap",
        inputTemplate: "InputTemplate",
      }),
      RetryPolicy: renamed(of("retryPolicy"), {
        maximumEventAge: "MaximumEventAgeInSeconds",
        maximumRetryAttempts: "MaximumRetryAttempts",
      }),
      DeadLetterConfig: dead && dict({ Arn: dead }, dead.place),
    },
    place,
  );
  const state = leaf(textOf(of("enabled")) === "false" ? "DISABLED" : "ENABLED", place);
  return resource(
    "AWS::Events::Rule",
    dict({ ...properties, State: state, Targets: list([target], place) }, place),
    place,
  );
}

function renamed(tree: Tree | undefined, names: Readonly<Record<string, string>>): Tree | undefined {
  if (tree?.kind !== "dict") return tree;
  return { ...tree, entries: new Map([...tree.entries].map(([key, entry]) => [names[key] ?? key, entry])) };
}

const resource = (type: string, properties: Tree, place: Tree["place"]): Entry => ({
  value: dict({ Type: leaf(type, place), Properties: properties }, place),
  place,
});

const upper = (letter: string): string => letter.toUpperCase();
const normal = (name: string): string =>
  name.replace(/-/g, "Dash").replace(/_/g, "Underscore").replace(/^./, upper);

/** What is too long the framework replaces by a hash; the beginning stands for it here. */
const shorten = (text: string): string => text.slice(0, busLimits.ruleNameChars);
