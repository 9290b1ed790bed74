import type { ListDiscoverersRequest, ListDiscoverersResponse } from "@aws-sdk/client-schemas";
import { record, text } from "../../protocol/shape.ts";
import { discovererAnswer } from "../answers.ts";
import type { Operation } from "../operation.ts";
import { page } from "../page.ts";
import type { Rest } from "../rest.ts";
import { paging, pagingQuery } from "../shapes.ts";

export const listDiscoverers = {
  name: "ListDiscoverers",
  method: "GET",
  path: "/v1/discoverers",
  status: 200,
  query: { ...pagingQuery, discovererIdPrefix: "DiscovererIdPrefix", sourceArnPrefix: "SourceArnPrefix" },
  input: record({ ...paging, DiscovererIdPrefix: text, SourceArnPrefix: text }),
  run({ store }, input) {
    const found = [...store.discoverers.values()].filter(
      ({ id, sourceArn }) =>
        id.startsWith(input.DiscovererIdPrefix ?? "") && sourceArn.startsWith(input.SourceArnPrefix ?? ""),
    );
    const { items, next } = page(found, ({ id }) => id, input);
    const summaries = items.map((discoverer) => {
      const { Description, ...summary } = discovererAnswer(discoverer);
      return summary;
    });
    return { Discoverers: summaries, NextToken: next };
  },
} satisfies Operation<Rest<ListDiscoverersRequest>, Rest<ListDiscoverersResponse>>;
