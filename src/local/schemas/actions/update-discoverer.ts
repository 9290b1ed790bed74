import type { UpdateDiscovererRequest, UpdateDiscovererResponse } from "@aws-sdk/client-schemas";
import { flag, record, text } from "../../protocol/shape.ts";
import { discovererAnswer } from "../answers.ts";
import { checkDescription } from "../check.ts";
import type { Operation } from "../operation.ts";
import type { Rest } from "../rest.ts";
import { discovererPath } from "../shapes.ts";

export const updateDiscoverer = {
  name: "UpdateDiscoverer",
  method: "PUT",
  path: discovererPath,
  status: 200,
  input: record({ DiscovererId: text, Description: text, CrossAccount: flag }),
  run({ store }, { DiscovererId, Description, CrossAccount }) {
    const discoverer = store.discoverer(DiscovererId!);
    checkDescription(Description);
    if (Description !== undefined) discoverer.description = Description;
    if (CrossAccount !== undefined) discoverer.crossAccount = CrossAccount;
    store.discoverers.touch(discoverer.id);
    return discovererAnswer(discoverer);
  },
} satisfies Operation<Rest<UpdateDiscovererRequest>, Rest<UpdateDiscovererResponse>>;
