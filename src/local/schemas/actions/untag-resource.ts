import type { UntagResourceRequest } from "@aws-sdk/client-schemas";
import { record, text } from "../../protocol/shape.ts";
import { taggedBy } from "../answers.ts";
import { demand } from "../check.ts";
import type { Operation } from "../operation.ts";
import type { Rest } from "../rest.ts";
import { tagsPath, texts } from "../shapes.ts";

export const untagResource = {
  name: "UntagResource",
  method: "DELETE",
  path: tagsPath,
  status: 204,
  query: { tagKeys: "TagKeys[]" },
  input: record({ ResourceArn: text, TagKeys: texts }),
  run({ store }, { ResourceArn, TagKeys }) {
    const { tags, touch } = taggedBy(store, ResourceArn!);
    for (const key of demand(TagKeys, "tagKeys")) tags.delete(key);
    touch();
    return undefined;
  },
} satisfies Operation<Rest<UntagResourceRequest>>;
