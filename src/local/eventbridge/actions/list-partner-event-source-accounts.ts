import type {
  ListPartnerEventSourceAccountsRequest,
  ListPartnerEventSourceAccountsResponse,
} from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import type { Operation } from "../operation.ts";
import { sourceName } from "../validation/partner-shapes.ts";
import { required, structure } from "../validation/shape.ts";
import { nextToken, pageLimit } from "../validation/shapes.ts";
import { sourceAnswer, sourceOf } from "./partner-source.ts";

/** A source is one customer's. */
export const listPartnerEventSourceAccounts = {
  name: "ListPartnerEventSourceAccounts",
  input: structure("ListPartnerEventSourceAccountsRequest", {
    EventSourceName: required(sourceName),
    NextToken: nextToken,
    Limit: pageLimit,
  }),
  run(context, { EventSourceName }) {
    const source = sourceOf(context, EventSourceName!);
    const { CreationTime, ExpirationTime, State } = sourceAnswer(context, source);
    return { PartnerEventSourceAccounts: [{ Account: source.account, CreationTime, ExpirationTime, State }] };
  },
} satisfies Operation<
  Wire<ListPartnerEventSourceAccountsRequest>,
  Wire<ListPartnerEventSourceAccountsResponse>
>;
