import type { Rule, RuleState, Target, Unknown } from "../bus.ts";
import { at, entriesOf, itemsOf, textOf } from "../source/tree.ts";
import type { Resource } from "./plan.ts";
import { Settled } from "./settled.ts";
import type { Values } from "./values.ts";

/** A rule with the targets that name it. */
export function readRule(values: Values, resource: Resource, targets: readonly Resource[]): Rule {
  const settled = new Settled(values, resource);
  const { place, address } = resource;
  const [name, bus] = [settled.own(), values.busOf(resource)];
  const description = settled.name(["description"], "description");
  const pattern = settled.text(["event_pattern"], "pattern");
  const schedule = settled.name(["schedule_expression"], "schedule");
  const roleArn = settled.name(["role_arn"], "roleArn");
  if (!pattern && !schedule)
    values.source.faults.add(place, "the rule has neither an event_pattern nor a schedule_expression");
  const mine = targets.filter(
    (target) => isOf(values, target, name, bus) && !values.areApart(target, resource),
  );
  return {
    name,
    ...(settled.isNameGenerated && { isNameGenerated: true }),
    bus,
    arn: settled.arn(),
    ...(description && { description }),
    ...(roleArn && { roleArn }),
    state: stateOf(settled),
    ...(pattern && { pattern }),
    ...(schedule && { schedule }),
    targets: mine.map((target) => readTarget(values, target, settled.unknowns)),
    place,
    logicalId: address,
    unknowns: settled.unknowns,
  };
}

/** Targets of rules that are made elsewhere are targets of none here. */
export function warnOfStrays(
  values: Values,
  targets: readonly Resource[],
  rules: readonly Pick<Rule, "name" | "bus">[],
): void {
  for (const target of targets) {
    if (rules.some(({ name, bus }) => isOf(values, target, name, bus))) continue;
    const rule = values.settled(values.text(target, ["rule"]) ?? "?");
    values.source.faults.about(target.address, () =>
      values.source.faults.warn(
        target.place,
        `there is no rule ${rule} on bus ${values.busOf(target)} here: the target is passed over`,
      ),
    );
  }
}

/** A target names its rule, and the bus on which that is. */
const isOf = (values: Values, target: Resource, rule: string, bus: string): boolean =>
  values.settled(values.text(target, ["rule"]) ?? "") === rule && values.busOf(target) === bus;

/** `is_enabled` is the older way to say it. */
function stateOf(settled: Settled): RuleState {
  const state = settled.name(["state"], "state");
  if (state !== undefined && !state.includes("${")) return state as RuleState;
  return settled.name(["is_enabled"], "state") === "false" ? "DISABLED" : "ENABLED";
}

function readTarget(values: Values, resource: Resource, unknowns: Unknown[]): Target {
  // An id that is left out is made by Terraform.
  const id = values.settled(values.text(resource, ["target_id"]) ?? resource.name);
  const known = id.includes("${") ? resource.name : id;
  const settled = new Settled(values, resource, unknowns);
  const of = (what: string, ...path: (string | number)[]) => settled.name(path, `targets.${known}.${what}`);
  const text = (what: string, ...path: (string | number)[]) => settled.text(path, `targets.${known}.${what}`);
  const number = (what: string, ...path: (string | number)[]) =>
    settled.number(path, `targets.${known}.${what}`);
  const template = text("InputTemplate", "input_transformer", 0, "input_template");
  if (template !== undefined)
    settled.tellUnknown(["input_transformer", 0, "input_paths"], `targets.${known}.InputPathsMap`);
  const dead = of("DeadLetterConfig", "dead_letter_config", 0, "arn");
  const attempts = number("RetryPolicy", "retry_policy", 0, "maximum_retry_attempts");
  const age = number("RetryPolicy", "retry_policy", 0, "maximum_event_age_in_seconds");
  const group = text("SqsParameters", "sqs_target", 0, "message_group_id");
  const key = of("KinesisParameters", "kinesis_target", 0, "partition_key_path");
  const [role, input, path] = [
    of("RoleArn", "role_arn"),
    text("Input", "input"),
    text("InputPath", "input_path"),
  ];
  const http = httpOf(resource);
  return {
    Id: known,
    Arn: of("Arn", "arn") ?? "",
    ...(role && { RoleArn: role }),
    ...(input && { Input: input }),
    ...(path && { InputPath: path }),
    ...(template !== undefined && { InputTransformer: { ...pathsOf(resource), InputTemplate: template } }),
    ...(dead && { DeadLetterConfig: { Arn: dead } }),
    ...((attempts !== undefined || age) && {
      RetryPolicy: {
        ...(attempts !== undefined && { MaximumRetryAttempts: attempts }),
        // The provider writes 0 where nothing is configured; AWS takes 60 and more.
        ...(age && { MaximumEventAgeInSeconds: age }),
      },
    }),
    ...(group && { SqsParameters: { MessageGroupId: group } }),
    ...(key && { KinesisParameters: { PartitionKeyPath: key } }),
    ...(http && { HttpParameters: http }),
  };
}

const textsOf = (resource: Resource, block: string, name: string): Record<string, string> =>
  Object.fromEntries(
    entriesOf(at(itemsOf(at(resource.values, block))[0], name)).map(([key, { value }]) => [
      key,
      textOf(value) ?? "",
    ]),
  );

function pathsOf(resource: Resource) {
  const paths = textsOf(resource, "input_transformer", "input_paths");
  return Object.keys(paths).length > 0 ? { InputPathsMap: paths } : {};
}

function httpOf(resource: Resource): Target["HttpParameters"] {
  const block = itemsOf(at(resource.values, "http_target"))[0];
  if (block === undefined) return undefined;
  const path = itemsOf(at(block, "path_parameter_values")).map((value) => textOf(value) ?? "");
  const [headers, query] = ["header_parameters", "query_string_parameters"].map((name) =>
    textsOf(resource, "http_target", name),
  );
  return {
    ...(path.length > 0 && { PathParameterValues: path }),
    ...(Object.keys(headers!).length > 0 && { HeaderParameters: headers! }),
    ...(Object.keys(query!).length > 0 && { QueryStringParameters: query! }),
  };
}
