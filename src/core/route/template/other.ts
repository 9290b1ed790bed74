import type { OtherResource } from "../bus.ts";
import { at, type Entry, textOf } from "../source/tree.ts";
import { identify } from "./physical.ts";
import type { Scope } from "./scope.ts";
import { Settler } from "./settle.ts";

/** A resource that no event is routed by; an emulator may want it all the same. */
export function readOther(scope: Scope, id: string, { value: resource, place }: Entry): OtherResource {
  const { name, arn } = identify(scope, id, resource);
  const properties = new Settler(scope).policy(at(resource, "Properties"));
  return {
    type: textOf(at(resource, "Type"))!,
    name: scope.unknowns.settle(name),
    arn: scope.unknowns.settle(arn),
    properties: properties === undefined ? {} : (JSON.parse(properties) as Record<string, unknown>),
    place,
    logicalId: id,
  };
}
