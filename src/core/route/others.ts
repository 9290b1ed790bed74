import type { OtherResource } from "./bus.ts";

/** Types that an emulator makes, in the order in which they need each other. */
const made = [
  "AWS::SNS::Topic",
  "AWS::SNS::Subscription",
  "AWS::EventSchemas::Registry",
  "AWS::EventSchemas::Schema",
  "AWS::EventSchemas::Discoverer",
];

/** What an emulator makes of a template's other resources, in order, and why it does not make the rest. */
export function planOthers(others: readonly OtherResource[] = []): {
  readonly making: readonly OtherResource[];
  readonly leaving: readonly NotMade[];
} {
  const leaving = others.flatMap((resource) => {
    const why = explainOther(resource);
    return why === undefined ? [] : [{ resource, why }];
  });
  const left = new Set(leaving.map(({ resource }) => resource));
  const making = others.filter((resource) => !left.has(resource));
  return { making: making.toSorted((a, b) => made.indexOf(a.type) - made.indexOf(b.type)), leaving };
}

export interface NotMade {
  readonly resource: OtherResource;
  readonly why: string;
}

function explainOther({ type, properties }: OtherResource): string | undefined {
  if (type === "AWS::SNS::Subscription") {
    if (properties.Protocol !== "sqs") return "only queues can subscribe";
    if (properties.FilterPolicy !== undefined) return "filter policies are not emulated";
  }
  if (made.includes(type)) return undefined;
  return "what is loaded from a file calls nobody outside; make it by hand, or name a handler for its ARN";
}
