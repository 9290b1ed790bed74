import type { Archive, Bus } from "../bus.ts";
import { at, type Entry } from "../source/tree.ts";
import { busProperties } from "./known.ts";
import { identify } from "./physical.ts";
import { checkProperties } from "./properties.ts";
import type { Scope } from "./scope.ts";
import { Settler } from "./settle.ts";

/** A bus of a template, without its rules. */
export function readBus(scope: Scope, id: string, { value: resource, place }: Entry): Bus {
  const properties = at(resource, "Properties");
  checkProperties(scope, "AWS::Events::EventBus", properties, busProperties);
  if (at(properties, "Name") === undefined) scope.faults.add(place, "the event bus has no Name");
  const { name, arn } = identify(scope, id, resource);
  const settler = new Settler(scope);
  const description = settler.name(at(properties, "Description"), "description");
  const deadLetterArn = settler.name(at(properties, "DeadLetterConfig", "Arn"), "deadLetterArn");
  const policy = settler.policy(at(properties, "Policy"));
  return {
    name: scope.unknowns.settle(name),
    arn: scope.unknowns.settle(arn),
    ...(description !== undefined && { description }),
    ...(deadLetterArn !== undefined && { deadLetterArn }),
    ...(policy !== undefined && { policy }),
    rules: [],
    place,
    logicalId: id,
  };
}

/** An archive, and the ARN of the bus whose events it keeps. */
export function readArchive(
  scope: Scope,
  id: string,
  { value: resource, place }: Entry,
): Archive & { readonly source: string } {
  const of = (name: string) => at(resource, "Properties", name);
  const settler = new Settler(scope);
  const { name, arn } = identify(scope, id, resource);
  const source = settler.name(of("SourceArn"), "source");
  if (source === undefined) scope.faults.add(place, "the archive has no SourceArn");
  const description = settler.name(of("Description"), "description");
  const pattern = settler.json(of("EventPattern"), "pattern");
  const retentionDays = settler.number(of("RetentionDays"), "retention");
  return {
    name: scope.unknowns.settle(name),
    arn: scope.unknowns.settle(arn),
    ...(description !== undefined && { description }),
    ...(pattern !== undefined && { pattern }),
    ...(retentionDays !== undefined && { retentionDays }),
    source: source ?? "",
    place,
    logicalId: id,
  };
}

/** One statement of a bus's policy: `AWS::Events::EventBusPolicy`, in either of its forms. */
export function readBusPolicy(
  scope: Scope,
  { value: resource }: Entry,
): { readonly bus: string; readonly statement: unknown } | undefined {
  const of = (name: string) => at(resource, "Properties", name);
  const settler = new Settler(scope);
  const bus = settler.name(of("EventBusName"), "bus") ?? "default";
  const Sid = settler.name(of("StatementId"), "sid");
  const whole = settler.policy(of("Statement"));
  if (whole !== undefined) return { bus, statement: { Sid, ...JSON.parse(whole) } };
  const [action, principal] = ["Action", "Principal"].map((name) => settler.name(of(name), name));
  if (action === undefined || principal === undefined) return undefined;
  const Principal = principal === "*" ? "*" : { AWS: `arn:aws:iam::${principal}:root` };
  return { bus, statement: { Sid, Effect: "Allow", Principal, Action: action } };
}
