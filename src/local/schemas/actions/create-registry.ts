import type { CreateRegistryRequest, CreateRegistryResponse } from "@aws-sdk/client-schemas";
import { schemaLimits } from "../../../core/schema/limits.ts";
import { record, text } from "../../protocol/shape.ts";
import { registryAnswer } from "../answers.ts";
import { checkDescription, checkName, checkOwn, tagsOf } from "../check.ts";
import { badRequest, conflict } from "../faults.ts";
import type { Operation } from "../operation.ts";
import type { Rest } from "../rest.ts";
import { registryPath, tags } from "../shapes.ts";
import { awsRegistry, newRegistry, type Registry } from "../store.ts";

export const createRegistry = {
  name: "CreateRegistry",
  method: "POST",
  path: registryPath,
  status: 201,
  input: record({ RegistryName: text, Description: text, tags }),
  run({ site, store }, input) {
    const name = input.RegistryName!;
    checkName("RegistryName", name);
    checkOwn(name);
    checkDescription(input.Description);
    if (store.registries.has(name)) throw conflict(`Registry ${name} already exists.`);
    const own = [...store.registries.keys()].filter((each) => each !== awsRegistry);
    if (own.length >= schemaLimits.registries)
      throw badRequest(`There are ${schemaLimits.registries} registries already.`);
    const registry: Registry = {
      ...newRegistry(site, name),
      description: input.Description,
      tags: tagsOf(input.tags),
    };
    store.registries.set(name, registry);
    return registryAnswer(registry);
  },
} satisfies Operation<Rest<CreateRegistryRequest>, Rest<CreateRegistryResponse>>;
