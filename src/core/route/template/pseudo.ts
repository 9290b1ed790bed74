import { leaf, type Tree } from "../source/tree.ts";
import { unknown } from "./evaluate.ts";
import type { Scope } from "./scope.ts";

/** What pseudo parameters depend on. */
export type Homed = Pick<Scope, "home" | "stackName" | "unknowns">;

/** `AWS::Region` and its kin; undefined for `AWS::NoValue`. */
export function pseudo(scope: Scope, name: string, place: Tree["place"]): Tree | undefined {
  if (name === "AWS::NoValue") return undefined;
  const text = pseudoText(scope, name);
  if (text !== undefined) return leaf(text, place);
  scope.faults.add(place, `there is no pseudo parameter ${name}`);
  return unknown(scope, name, { place });
}

/**
 * Not knowing the account or the region leaves open how a queue's ARN is spelt, but not which queue is meant: their
 * stand-in is their own name.
 */
export function pseudoText(scope: Homed, name: string): string | undefined {
  const { home, stackName, unknowns } = scope;
  const known = (value: string | undefined, standIn: string) =>
    value ?? unknowns.mark(name, undefined, standIn);
  switch (name) {
    case "AWS::Region":
      return known(home.region, `\${${name}}`);
    case "AWS::AccountId":
      return known(home.account, `\${${name}}`);
    case "AWS::Partition":
      return known(home.partition ?? partitionOf(home.region), "aws");
    case "AWS::URLSuffix":
      return home.region?.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
    case "AWS::StackName":
      return known(stackName, `\${${name}}`);
    case "AWS::StackId":
    case "AWS::NotificationARNs":
      return unknowns.mark(name);
    default:
      return undefined;
  }
}

/** An ARN in the home of the stack. */
export const stackArn = (scope: Homed, service: string, resource: string, isGlobal = false): string =>
  [
    "arn",
    pseudoText(scope, "AWS::Partition"),
    service,
    isGlobal ? "" : pseudoText(scope, "AWS::Region"),
    pseudoText(scope, "AWS::AccountId"),
    resource,
  ].join(":");

export const queueUrl = (scope: Homed, queue: string): string =>
  `https://sqs.${pseudoText(scope, "AWS::Region")}.${pseudoText(scope, "AWS::URLSuffix")}/${pseudoText(scope, "AWS::AccountId")}/${queue}`;

export function partitionOf(region: string | undefined): string | undefined {
  if (region === undefined) return undefined;
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
