import type { EventSource } from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import { notFound } from "../faults.ts";
import type { Context } from "../operation.ts";
import { expiresAt, type PartnerSource, partnerOf, stateOf } from "../partner-source.ts";
import { seconds } from "../time.ts";

/** The wording is ours. */
export function sourceOf({ store }: Context, name: string): PartnerSource {
  const source = store.sources.get(name);
  if (source === undefined) throw notFound(`Event source ${name} does not exist.`);
  return source;
}

/** As the customer sees it. */
export const sourceAnswer = ({ site }: Context, source: PartnerSource) =>
  ({
    Arn: source.arn,
    CreatedBy: partnerOf(source.name),
    CreationTime: seconds(source.createdAt),
    ExpirationTime: source.state === "PENDING" ? seconds(expiresAt(source)) : undefined,
    Name: source.name,
    State: stateOf(source, site.clock.now()),
  }) satisfies Wire<EventSource>;

/** As the partner sees it. */
export const partnerAnswer = ({ arn, name }: PartnerSource) => ({ Arn: arn, Name: name });
