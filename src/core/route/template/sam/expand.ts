import type { Faults } from "../../source/fault.ts";
import { at, type Entry, entriesOf, type Tree, textOf } from "../../source/tree.ts";
import { expandEvent, type Owner } from "./event.ts";

/**
 * The resources of a template with those that SAM makes of the events of functions and state machines. Function calls
 * stay as they are.
 */
export function expandSam(template: Tree, resources: Tree | undefined, faults: Faults): Tree | undefined {
  if (resources?.kind !== "dict") return resources;
  const entries = new Map<string, Entry>();
  for (const [id, entry] of resources.entries) {
    entries.set(id, entry);
    const owner = ownerOf(id, entry, template);
    if (owner === undefined) continue;
    for (const [name, event] of entriesOf(at(entry.value, "Properties", "Events")))
      faults.about(id, () => {
        for (const [made, resource] of expandEvent(owner, name, event, faults)) entries.set(made, resource);
      });
  }
  return { ...resources, entries };
}

function ownerOf(id: string, { value }: Entry, template: Tree): Owner | undefined {
  const type = textOf(at(value, "Type"));
  const condition = at(value, "Condition");
  if (type === "AWS::Serverless::StateMachine")
    return { id, kind: "stateMachine", alias: undefined, condition };
  if (type !== "AWS::Serverless::Function") return undefined;
  const own = at(value, "Properties", "AutoPublishAlias");
  return {
    id,
    kind: "function",
    alias: own ?? at(template, "Globals", "Function", "AutoPublishAlias"),
    condition,
  };
}
