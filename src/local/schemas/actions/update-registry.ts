import type { UpdateRegistryRequest, UpdateRegistryResponse } from "@aws-sdk/client-schemas";
import { record, text } from "../../protocol/shape.ts";
import { registryAnswer } from "../answers.ts";
import { checkDescription, checkOwn } from "../check.ts";
import type { Operation } from "../operation.ts";
import type { Rest } from "../rest.ts";
import { registryPath } from "../shapes.ts";

export const updateRegistry = {
  name: "UpdateRegistry",
  method: "PUT",
  path: registryPath,
  status: 200,
  input: record({ RegistryName: text, Description: text }),
  run({ store }, { RegistryName, Description }) {
    const registry = store.registry(RegistryName!);
    checkOwn(registry.name);
    checkDescription(Description);
    registry.description = Description;
    store.registries.touch(registry.name);
    return registryAnswer(registry);
  },
} satisfies Operation<Rest<UpdateRegistryRequest>, Rest<UpdateRegistryResponse>>;
