import type { Tag } from "@aws-sdk/client-eventbridge";
import { parseRuleArn } from "../../../core/arn.ts";
import { busLimits } from "../../../core/limits.ts";
import type { Wire } from "../../wire.ts";
import { notFound, overLimit } from "../faults.ts";
import type { Store, Tags } from "../store.ts";

export const tagsOf = (tags: readonly Wire<Tag>[] | undefined): Tags => {
  const made: Tags = new Map();
  addTags(made, tags ?? []);
  return made;
};

export function addTags(to: Tags, tags: readonly Wire<Tag>[]): void {
  const names = new Set([...to.keys(), ...tags.map(({ Key }) => Key!)]);
  if (names.size > busLimits.tags) throw overLimit();
  for (const { Key, Value } of tags) to.set(Key!, Value!);
}

/** Tags, and how to say that they have changed. */
interface Tagged {
  readonly tags: Tags;
  readonly touch: () => void;
}

/** The tags of a rule or a bus, which are the only things of this API that have any. */
export function taggedBy(store: Store, resourceArn: string): Tagged {
  const rule = parseRuleArn(resourceArn);
  if (rule !== undefined) {
    const rules = store.buses.get(rule.bus)?.rules;
    const found = rules?.get(rule.rule);
    if (found?.arn === resourceArn) return { tags: found.tags, touch: () => rules!.touch(found) };
    throw notFound(`Rule ${rule.rule} does not exist on EventBus ${rule.bus}.`);
  }
  const bus = store.find(resourceArn);
  if (bus === undefined) throw notFound(`Resource ${resourceArn} does not exist.`);
  return { tags: bus.tags, touch: () => store.buses.touch(bus.name) };
}
