import type {
  ListPartnerEventSourcesRequest,
  ListPartnerEventSourcesResponse,
} from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import type { Operation } from "../operation.ts";
import { page } from "../page.ts";
import { sourcePrefix } from "../validation/partner-shapes.ts";
import { required, structure } from "../validation/shape.ts";
import { nextToken, pageLimit } from "../validation/shapes.ts";
import { partnerAnswer } from "./partner-source.ts";

export const listPartnerEventSources = {
  name: "ListPartnerEventSources",
  input: structure("ListPartnerEventSourcesRequest", {
    NamePrefix: required(sourcePrefix),
    NextToken: nextToken,
    Limit: pageLimit,
  }),
  run({ store }, input) {
    const found = [...store.sources.values()].filter(({ name }) => name.startsWith(input.NamePrefix!));
    const { items, next } = page(found, ({ name }) => name, input);
    return { PartnerEventSources: items.map(partnerAnswer), NextToken: next };
  },
} satisfies Operation<Wire<ListPartnerEventSourcesRequest>, Wire<ListPartnerEventSourcesResponse>>;
