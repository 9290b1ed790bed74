import type { ListRegistriesRequest, ListRegistriesResponse } from "@aws-sdk/client-schemas";
import { record, text } from "../../protocol/shape.ts";
import { badRequest } from "../faults.ts";
import type { Operation } from "../operation.ts";
import { page } from "../page.ts";
import type { Rest } from "../rest.ts";
import { paging, pagingQuery } from "../shapes.ts";
import { awsRegistry } from "../store.ts";

export const listRegistries = {
  name: "ListRegistries",
  method: "GET",
  path: "/v1/registries",
  status: 200,
  query: { ...pagingQuery, registryNamePrefix: "RegistryNamePrefix", scope: "Scope" },
  input: record({ ...paging, RegistryNamePrefix: text, Scope: text }),
  run({ store }, input) {
    const { RegistryNamePrefix = "", Scope } = input;
    if (Scope !== undefined && Scope !== "Local" && Scope !== "AWS")
      throw badRequest("Scope must be Local or AWS.");
    const registries = [...store.registries.values()].filter(
      ({ name }) =>
        name.startsWith(RegistryNamePrefix) &&
        (Scope === undefined || (Scope === "AWS") === (name === awsRegistry)),
    );
    const { items, next } = page(registries, ({ name }) => name, input);
    return {
      Registries: items.map(({ arn, name, tags }) => ({
        RegistryArn: arn,
        RegistryName: name,
        tags: Object.fromEntries(tags),
      })),
      NextToken: next,
    };
  },
} satisfies Operation<Rest<ListRegistriesRequest>, Rest<ListRegistriesResponse>>;
