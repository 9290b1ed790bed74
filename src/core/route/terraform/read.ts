import type { Home } from "../../arn.ts";
import type { Archive, Bus } from "../bus.ts";
import { type Draft, emptyDraft } from "../source/model.ts";
import type { Source } from "../source/read.ts";
import { type Homed, stackArn } from "../template/pseudo.ts";
import { openShow, type Resource, readData, type Show } from "./plan.ts";
import { providerRegion } from "./provider.ts";
import { readQueue, withPolicies } from "./queue.ts";
import { readRule, warnOfStrays } from "./rule.ts";
import { Settled } from "./settled.ts";
import { Values } from "./values.ts";

/** `terraform show -json` of a plan or a state. */
export function readTerraform(source: Source): Draft {
  const show = openShow(source.tree);
  const home: Homed = { home: homeOf(source, show), unknowns: source.unknowns, stackName: undefined };
  const values = new Values(show, source, home);
  const draft = emptyDraft((bus) => source.unknowns.settle(stackArn(home, "events", `event-bus/${bus}`)));
  const all = (type: string) => [...show.resources.values()].filter((resource) => resource.type === type);
  const about =
    <T>(read: (resource: Resource) => T) =>
    (resource: Resource) =>
      source.faults.about(resource.address, () => read(resource));
  draft.buses.push(...all("aws_cloudwatch_event_bus").map(about((bus) => readBus(values, bus))));
  const targets = all("aws_cloudwatch_event_target");
  draft.rules.push(...all("aws_cloudwatch_event_rule").map(about((rule) => readRule(values, rule, targets))));
  warnOfStrays(values, targets, draft.rules);
  draft.archives.push(
    ...all("aws_cloudwatch_event_archive").map(about((archive) => readArchive(values, archive))),
  );
  for (const permission of all("aws_cloudwatch_event_permission"))
    draft.statements.push({ bus: values.busOf(permission), statement: statementOf(values, permission) });
  const queues = all("aws_sqs_queue").map(about((queue) => readQueue(values, queue)));
  draft.queues = withPolicies(
    values,
    queues,
    all("aws_sqs_queue_policy"),
    all("aws_sqs_queue_redrive_policy"),
  );
  return withBusPolicies(draft, values, all("aws_cloudwatch_event_bus_policy"));
}

/** What the plan has asked AWS, and what the provider is configured with. */
function homeOf({ tree, home, isHomeFixed }: Source, { tree: show }: Show): Partial<Home> {
  if (isHomeFixed) return home;
  const account = readData(show, "aws_caller_identity", "account_id");
  const region =
    readData(show, "aws_region", "region") ??
    readData(show, "aws_region", "name") ??
    providerRegion(tree, "aws");
  return { ...home, ...(account !== undefined && { account }), ...(region !== undefined && { region }) };
}

function readBus(values: Values, resource: Resource): Bus {
  const settled = new Settled(values, resource);
  const description = settled.name(["description"], "description");
  const deadLetterArn = settled.name(["dead_letter_config", 0, "arn"], "deadLetterArn");
  return {
    name: settled.own(),
    arn: settled.arn(),
    ...(description && { description }),
    ...(deadLetterArn !== undefined && { deadLetterArn }),
    rules: [],
    place: resource.place,
    logicalId: resource.address,
  };
}

function readArchive(values: Values, resource: Resource): Archive & { readonly source: string } {
  const settled = new Settled(values, resource);
  const description = settled.name(["description"], "description");
  const pattern = settled.text(["event_pattern"], "pattern");
  const retentionDays = settled.number(["retention_days"], "retention");
  return {
    name: settled.own(),
    arn: settled.arn(),
    source: settled.name(["event_source_arn"], "source") ?? "",
    ...(description && { description }),
    ...(pattern && { pattern }),
    ...(retentionDays !== undefined && { retentionDays }),
    place: resource.place,
    logicalId: resource.address,
  };
}

function statementOf(values: Values, resource: Resource): unknown {
  const settled = new Settled(values, resource);
  const principal = settled.name(["principal"], "principal");
  return {
    Sid: settled.name(["statement_id"], "sid"),
    Effect: "Allow",
    Principal: principal === "*" ? "*" : { AWS: `arn:aws:iam::${principal}:root` },
    Action: settled.name(["action"], "action") ?? "events:PutEvents",
  };
}

function withBusPolicies(draft: Draft, values: Values, policies: readonly Resource[]): Draft {
  const buses = draft.buses.map((bus) => {
    const policy = policies.find((resource) => values.busOf(resource) === bus.name);
    const text = policy && new Settled(values, policy).name(["policy"], "policy");
    return text === undefined || !text.startsWith("{") ? bus : { ...bus, policy: text };
  });
  return { ...draft, buses };
}
