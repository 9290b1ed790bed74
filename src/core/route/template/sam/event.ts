import { busLimits } from "../../../limits.ts";
import { nearNames } from "../../../near.ts";
import type { Faults } from "../../source/fault.ts";
import { at, dict, type Entry, entriesOf, leaf, list, type Tree, textOf } from "../../source/tree.ts";

/** Whose events they are. */
export interface Owner {
  readonly id: string;
  readonly kind: "function" | "stateMachine";
  /** The alias that SAM publishes and calls in place of the function. */
  readonly alias: Tree | undefined;
  readonly condition: Tree | undefined;
}

/** Properties of the events that become rules, beside those of all. */
const ruleEvents: Readonly<Record<string, readonly string[]>> = {
  EventBridgeRule: ["Pattern", "EventBusName", "InputPath", "InputTransformer", "RuleName", "Target"],
  CloudWatchEvent: ["Pattern", "EventBusName", "InputPath", "RuleName", "Target"],
  Schedule: ["Schedule", "Name", "Description", "RoleArn", "Target"],
};
/** Those that become no rule, from SAM's specification of autumn 2026. */
const otherEvents: readonly string[] = (
  "AlexaSkill Api CloudWatchLogs Cognito DocumentDB DynamoDB HttpApi IoTRule Kinesis MQ MSK S3 SNS SQS ScheduleV2 " +
  "SelfManagedKafka"
).split(" ");
const ofAll = ["Input", "State", "Enabled", "DeadLetterConfig", "RetryPolicy"];

/** The resources that SAM makes of an event, named as SAM names them. Events of other kinds make none here. */
export function expandEvent(
  owner: Owner,
  name: string,
  { value: event, place }: Entry,
  faults: Faults,
): [string, Entry][] {
  const type = textOf(at(event, "Type"));
  const properties = at(event, "Properties");
  if (type === undefined) {
    faults.add(event.place, `event ${name} has no Type`);
    return [];
  }
  if (type === "ScheduleV2") {
    faults.warn(
      place,
      `event ${name} is a schedule of EventBridge Scheduler, which is no rule of a bus: it is passed over`,
    );
    return [];
  }
  const known = ruleEvents[type];
  if (known === undefined) {
    if (!otherEvents.includes(type))
      faults.warn(place, `event ${name} is of no type that is known here: ${type}`, nearType(type));
    return [];
  }
  if (properties === undefined) {
    faults.add(place, `event ${name} has no Properties`);
    return [];
  }
  checkNames(type, properties, [...known, ...ofAll], faults);
  const id = shorten(`${owner.id}${name}`, "Event");
  const made = { ...event, place };
  const queue = deadLetterQueue(id, properties, owner, made, faults);
  const rule = ruleOf(owner, id, type, properties, queue?.arn, made, faults);
  const role: [string, Entry][] = isOwnRole(owner, properties)
    ? [[`${id}Role`, { value: resource("AWS::IAM::Role", dict({}, place), owner, made), place }]]
    : [];
  return [
    ...(queue?.resources ?? []),
    ...role,
    [id, { value: resource("AWS::Events::Rule", rule, owner, made), place }],
  ];
}

function nearType(type: string): string | undefined {
  const near = nearNames(type, [...Object.keys(ruleEvents), ...otherEvents]);
  return near.length > 0 ? `did you mean ${near.join(" or ")}?` : undefined;
}

/** SAM makes a role that may start the state machine. */
const isOwnRole = ({ kind }: Owner, properties: Tree): boolean =>
  kind === "stateMachine" && at(properties, "RoleArn") === undefined;

function ruleOf(
  owner: Owner,
  id: string,
  type: string,
  properties: Tree,
  queueArn: Tree | undefined,
  { place }: Tree,
  faults: Faults,
) {
  const of = (...names: string[]) =>
    names.map((name) => at(properties, name)).find((tree) => tree !== undefined);
  const isFunction = owner.kind === "function";
  const text = (value: string) => leaf(value, place);
  const target = dict(
    {
      Arn: targetArn(owner, place),
      Id:
        at(properties, "Target", "Id") ??
        text(targetId(id, isFunction ? "LambdaTarget" : "StepFunctionsTarget")),
      RoleArn: isFunction ? undefined : (of("RoleArn") ?? getAtt(`${id}Role`, "Arn", place)),
      Input: of("Input"),
      InputPath: of("InputPath"),
      InputTransformer: of("InputTransformer"),
      DeadLetterConfig: queueArn && dict({ Arn: queueArn }, place),
      RetryPolicy: of("RetryPolicy"),
    },
    place,
  );
  return dict(
    {
      Name: type === "Schedule" ? of("Name") : of("RuleName"),
      Description: of("Description"),
      EventBusName: of("EventBusName"),
      EventPattern: of("Pattern"),
      ScheduleExpression: of("Schedule"),
      State: stateOf(properties, faults),
      Targets: list([target], place),
    },
    place,
  );
}

function targetArn({ id, alias }: Owner, place: Tree["place"]): Tree {
  const arn = getAtt(id, "Arn", place);
  if (alias === undefined) return arn;
  return dict({ "Fn::Join": list([leaf(":", place), list([arn, alias], place)], place) }, place);
}

/** `Enabled` is the older of two ways to say it; both at once are refused by SAM. */
function stateOf(properties: Tree, faults: Faults): Tree | undefined {
  const [state, enabled] = [at(properties, "State"), at(properties, "Enabled")];
  if (state !== undefined && enabled !== undefined)
    faults.add(enabled.place, "State and Enabled are both given", "leave one of them out, as SAM demands");
  const text = textOf(enabled);
  if (text === undefined) return state ?? enabled;
  return leaf(text === "true" ? "ENABLED" : "DISABLED", enabled!.place);
}

/** `DeadLetterConfig` names a queue, or has SAM make one with a policy that lets the rule in. */
function deadLetterQueue(id: string, properties: Tree, owner: Owner, event: Tree, faults: Faults) {
  const config = at(properties, "DeadLetterConfig");
  if (config === undefined) return undefined;
  const [arn, type, queueId] = ["Arn", "Type", "QueueLogicalId"].map((name) => at(config, name));
  if (arn !== undefined) return { arn, resources: [] };
  if (textOf(type) !== "SQS") {
    faults.add(config.place, "DeadLetterConfig has neither an Arn nor Type: SQS", "give one of them");
    return undefined;
  }
  const { place } = event;
  const queue = textOf(queueId) ?? `${id}Queue`;
  const queueArn = getAtt(queue, "Arn", place);
  const policy = {
    Queues: list([dict({ Ref: leaf(queue, place) }, place)], place),
    PolicyDocument: letIn(id, queueArn, place),
  };
  const resources: [string, Entry][] = [
    [queue, { value: resource("AWS::SQS::Queue", dict({}, place), owner, event), place }],
    [
      `${id}QueuePolicy`,
      { value: resource("AWS::SQS::QueuePolicy", dict(policy, place), owner, event), place },
    ],
  ];
  return { arn: queueArn, resources };
}

function letIn(rule: string, queueArn: Tree, place: Tree["place"]): Tree {
  const text = (value: string) => leaf(value, place);
  const statement = dict(
    {
      Effect: text("Allow"),
      Principal: dict({ Service: text("events.amazonaws.com") }, place),
      Action: text("sqs:SendMessage"),
      Resource: queueArn,
      Condition: dict({ ArnEquals: dict({ "aws:SourceArn": getAtt(rule, "Arn", place) }, place) }, place),
    },
    place,
  );
  return dict({ Version: text("2012-10-17"), Statement: list([statement], place) }, place);
}

const getAtt = (id: string, attribute: string, place: Tree["place"]): Tree =>
  dict({ "Fn::GetAtt": list([leaf(id, place), leaf(attribute, place)], place) }, place);

const resource = (type: string, properties: Tree, { condition }: Owner, { place }: Tree): Tree =>
  dict({ Type: leaf(type, place), Condition: condition, Properties: properties }, place);

const targetId = (id: string, suffix: string): string => shorten(id + suffix, suffix);

/** SAM cuts what is too long for EventBridge, and keeps the end. */
const shorten = (text: string, suffix: string): string =>
  text.length <= busLimits.targetIdChars
    ? text
    : text.slice(0, busLimits.targetIdChars - suffix.length) + suffix;

function checkNames(what: string, tree: Tree, known: readonly string[], faults: Faults): void {
  for (const [name, { place }] of entriesOf(tree)) {
    if (known.includes(name) || name.startsWith("Fn::")) continue;
    const near = nearNames(name, known);
    const mend = near.length > 0 ? `did you mean ${near.join(" or ")}?` : `it has ${known.join(", ")}`;
    faults.add(place, `${what} has no property ${name}`, mend);
  }
}
