import type { PutResourcePolicyRequest, PutResourcePolicyResponse } from "@aws-sdk/client-schemas";
import { parsePolicy } from "../../../core/policy.ts";
import { uuidFrom } from "../../ids.ts";
import { record, text } from "../../protocol/shape.ts";
import { checkOwn, demand } from "../check.ts";
import { badRequest, preconditionFailed } from "../faults.ts";
import type { Operation } from "../operation.ts";
import type { Rest } from "../rest.ts";

/** The policy is kept, and read by nobody: in the emulator everybody may do everything. */
export const putResourcePolicy = {
  name: "PutResourcePolicy",
  method: "PUT",
  path: "/v1/policy",
  status: 200,
  query: { registryName: "RegistryName" },
  input: record({ RegistryName: text, Policy: text, RevisionId: text }),
  run({ site, store }, input) {
    const registry = store.registry(demand(input.RegistryName, "registryName"));
    checkOwn(registry.name);
    const policy = String(demand(input.Policy, "Policy"));
    if (parsePolicy(policy) === undefined) throw badRequest("Policy is not a JSON object.");
    if (input.RevisionId !== undefined && input.RevisionId !== registry.policy?.revision)
      throw preconditionFailed("RevisionId is not that of the policy.");
    const revision = uuidFrom(site.random);
    registry.policy = { text: policy, revision };
    store.registries.touch(registry.name);
    return { Policy: policy, RevisionId: revision };
  },
} satisfies Operation<Rest<PutResourcePolicyRequest>, Rest<PutResourcePolicyResponse>>;
