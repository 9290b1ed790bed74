import { nearNames } from "../../near.ts";
import { type Draft, emptyDraft } from "../source/model.ts";
import { at, type Entry, type Tree, textOf } from "../source/tree.ts";
import { readArchive, readBus, readBusPolicy } from "./bus.ts";
import { withConnectors } from "./connectors.ts";
import { evaluate } from "./evaluate.ts";
import { isNestedStack, nestedScope, scopeOfTemplate } from "./nested.ts";
import { readOther } from "./other.ts";
import { stackArn } from "./pseudo.ts";
import { type QueuePolicy, readQueue, readQueuePolicy, withPolicies } from "./queue.ts";
import { isMade } from "./references.ts";
import { readRule } from "./rule.ts";
import type { Scope, TemplateOptions } from "./scope.ts";

/** The buses of a CloudFormation or SAM template and of the nested stacks that lie beside it. */
export function readTemplate(template: Tree, options: TemplateOptions): Draft {
  const scope = scopeOfTemplate(template, options);
  const draft = emptyDraft((bus) => scope.unknowns.settle(stackArn(scope, "events", `event-bus/${bus}`)));
  const policies: QueuePolicy[] = [];
  readInto(draft, policies, scope);
  draft.queues = withConnectors(withPolicies(draft.queues, policies), scope);
  return draft;
}

/** What a template exports, by name, for those that are read together with it. */
export function exportsOf(template: Tree, options: TemplateOptions): [string, Tree][] {
  const scope = scopeOfTemplate(template, options);
  const outputs = scope.outputs?.kind === "dict" ? [...scope.outputs.entries.values()] : [];
  return outputs.flatMap(({ value: output }): [string, Tree][] => {
    const [name, value] = [at(output, "Export", "Name"), at(output, "Value")].map(
      (tree) => tree && evaluate(tree, scope),
    );
    const text = textOf(name);
    return text === undefined || value === undefined ? [] : [[scope.unknowns.settle(text), value]];
  });
}

function readInto(draft: Draft, policies: QueuePolicy[], scope: Scope): void {
  for (const [id, entry] of scope.resources)
    scope.faults.about(id, () => {
      const type = textOf(at(entry.value, "Type"));
      const read = readers[type ?? ""];
      if (read === undefined) tellOfType(scope, id, type, entry);
      if (isNestedStack(type)) {
        if (isMade(scope, entry.value) === false) return;
        const nested = nestedScope(scope, id, entry.value);
        if (nested !== undefined) readInto(draft, policies, nested);
      } else if (read !== undefined && isMade(scope, entry.value) !== false)
        read({ draft, policies, scope, id, entry });
    });
}

/** Types of EventBridge that are no part of a bus. */
const others = ["ApiDestination", "Connection", "Endpoint"].map((name) => `AWS::Events::${name}`);

function tellOfType({ faults }: Scope, id: string, type: string | undefined, { value, place }: Entry): void {
  if (id.startsWith("Fn::")) return;
  if (type === undefined) faults.add(value.kind === "dict" ? place : value.place, "the resource has no Type");
  if (type?.startsWith("AWS::Events::") !== true || others.includes(type)) return;
  const near = nearNames(type, Object.keys(readers));
  faults.add(
    place,
    `there is no type ${type}`,
    near.length > 0 ? `did you mean ${near.join(" or ")}?` : undefined,
  );
}

interface Reading {
  readonly draft: Draft;
  readonly policies: QueuePolicy[];
  readonly scope: Scope;
  readonly id: string;
  readonly entry: Entry;
}

const other = ({ draft, scope, id, entry }: Reading): void =>
  void draft.others.push(readOther(scope, id, entry));

const readers: Readonly<Record<string, (reading: Reading) => void>> = {
  "AWS::SNS::Topic": other,
  "AWS::SNS::Subscription": other,
  "AWS::EventSchemas::Registry": other,
  "AWS::EventSchemas::Schema": other,
  "AWS::EventSchemas::Discoverer": other,
  "AWS::Events::Connection": other,
  "AWS::Events::ApiDestination": other,
  "AWS::Events::EventBus": ({ draft, scope, id, entry }) => draft.buses.push(readBus(scope, id, entry)),
  "AWS::Events::Rule": ({ draft, scope, id, entry }) => draft.rules.push(readRule(scope, id, entry)),
  "AWS::Events::Archive": ({ draft, scope, id, entry }) => draft.archives.push(readArchive(scope, id, entry)),
  "AWS::Events::EventBusPolicy": ({ draft, scope, entry }) => {
    const policy = readBusPolicy(scope, entry);
    if (policy !== undefined) draft.statements.push(policy);
  },
  "AWS::SQS::Queue": ({ draft, scope, id, entry }) => draft.queues.push(readQueue(scope, id, entry)),
  "AWS::SQS::QueuePolicy": ({ policies, scope, entry }) => keep(policies, readQueuePolicy(scope, entry)),
  "AWS::SQS::QueueInlinePolicy": ({ policies, scope, entry }) =>
    keep(policies, readQueuePolicy(scope, entry)),
};

const keep = <T>(list: T[], item: T | undefined): void => void (item !== undefined && list.push(item));
