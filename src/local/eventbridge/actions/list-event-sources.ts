import type { ListEventSourcesRequest, ListEventSourcesResponse } from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import type { Operation } from "../operation.ts";
import { page } from "../page.ts";
import { sourcePrefix } from "../validation/partner-shapes.ts";
import { structure } from "../validation/shape.ts";
import { nextToken, pageLimit } from "../validation/shapes.ts";
import { sourceAnswer } from "./partner-source.ts";

/** The sources that partners have made for this account. */
export const listEventSources = {
  name: "ListEventSources",
  input: structure("ListEventSourcesRequest", {
    NamePrefix: sourcePrefix,
    NextToken: nextToken,
    Limit: pageLimit,
  }),
  run(context, input) {
    const { site, store } = context;
    const found = [...store.sources.values()].filter(
      ({ name, account }) => account === site.account && name.startsWith(input.NamePrefix ?? ""),
    );
    const { items, next } = page(found, ({ name }) => name, input);
    return { EventSources: items.map((source) => sourceAnswer(context, source)), NextToken: next };
  },
} satisfies Operation<Wire<ListEventSourcesRequest>, Wire<ListEventSourcesResponse>>;
