import type { CreateDiscovererRequest, CreateDiscovererResponse } from "@aws-sdk/client-schemas";
import { parseArn, renderArn } from "../../../core/arn.ts";
import { schemaLimits } from "../../../core/schema/limits.ts";
import { flag, record, text } from "../../protocol/shape.ts";
import { discovererAnswer } from "../answers.ts";
import { checkDescription, demand, tagsOf } from "../check.ts";
import { makeRegistry } from "../discovery.ts";
import { badRequest, conflict, notFound } from "../faults.ts";
import type { Operation } from "../operation.ts";
import type { Rest } from "../rest.ts";
import { tags } from "../shapes.ts";
import { type Discoverer, discoveredRegistry } from "../store.ts";

/** Watches a bus from now on. A bus has one discoverer at most, whose id is made of the bus's name. */
export const createDiscoverer = {
  name: "CreateDiscoverer",
  method: "POST",
  path: "/v1/discoverers",
  status: 201,
  input: record({ Description: text, SourceArn: text, CrossAccount: flag, tags }),
  run(context, input) {
    const { site, store, hasBus } = context;
    const sourceArn = demand(input.SourceArn, "SourceArn");
    const bus = /^event-bus\/(.+)$/.exec(parseArn(sourceArn)?.resource ?? "")?.[1];
    if (bus === undefined) throw badRequest("SourceArn is not the ARN of an event bus.");
    if (!hasBus(sourceArn)) throw notFound(`Event bus ${bus} does not exist.`);
    checkDescription(input.Description);
    const id = `events-event-bus-${bus.replaceAll("/", "-")}`;
    if (store.discoverers.has(id)) throw conflict(`A discoverer for ${sourceArn} already exists.`);
    if (store.discoverers.size >= schemaLimits.discoverers)
      throw badRequest(`There are ${schemaLimits.discoverers} discoverers already.`);
    const discoverer: Discoverer = {
      id,
      arn: renderArn(site, "schemas", `discoverer/${id}`),
      sourceArn,
      description: input.Description,
      crossAccount: input.CrossAccount ?? true,
      state: "STARTED",
      tags: tagsOf(input.tags),
    };
    store.discoverers.set(id, discoverer);
    if (!store.registries.has(discoveredRegistry)) makeRegistry(context);
    return discovererAnswer(discoverer);
  },
} satisfies Operation<Rest<CreateDiscovererRequest>, Rest<CreateDiscovererResponse>>;
