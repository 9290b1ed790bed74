import type { QueueModel } from "../bus.ts";
import { at, entriesOf, type Tree, textOf } from "../source/tree.ts";
import type { Scope } from "./scope.ts";

/** Queues that a connector of SAM leads to: it gives them a policy at the deploy. */
export function withConnectors(queues: readonly QueueModel[], { resources }: Scope): QueueModel[] {
  const reached = new Set([...resources.values()].flatMap(({ value }) => destinationsOf(value)));
  return queues.map((queue) =>
    reached.has(queue.logicalId ?? "") ? { ...queue, isPolicyUnknown: true } : queue,
  );
}

/** The logical ids that a connector, or the connectors of a resource, lead to. */
function destinationsOf(resource: Tree): string[] {
  const inside = entriesOf(at(resource, "Connectors")).map(([, { value }]) => value);
  const isOne = textOf(at(resource, "Type")) === "AWS::Serverless::Connector";
  return [...(isOne ? [resource] : []), ...inside].flatMap((connector) => {
    const to = at(connector, "Properties", "Destination");
    const all = to?.kind === "list" ? to.items : [to];
    return all.flatMap((one) => textOf(at(one, "Id")) ?? []);
  });
}
