import type { CreateArchiveRequest, CreateArchiveResponse } from "@aws-sdk/client-eventbridge";
import { renderArn } from "../../../core/arn.ts";
import { archiveLimits } from "../../../core/limits.ts";
import type { Wire } from "../../wire.ts";
import type { Archive } from "../archive/archive.ts";
import { archiveRule } from "../archive/managed-rule.ts";
import { alreadyExists } from "../faults.ts";
import type { Operation } from "../operation.ts";
import { readPattern } from "../pattern.ts";
import { integer, required, structure } from "../validation/shape.ts";
import { busArn, eventPattern, kmsKey, lineOfDescription, namedUpTo } from "../validation/shapes.ts";
import { changedArchive } from "./archive.ts";

export const createArchive = {
  name: "CreateArchive",
  input: structure("CreateArchiveRequest", {
    ArchiveName: required(namedUpTo(archiveLimits.archiveNameChars)),
    EventSourceArn: required(busArn),
    Description: lineOfDescription,
    EventPattern: eventPattern,
    RetentionDays: integer({ min: 0 }),
    KmsKeyIdentifier: kmsKey,
  }),
  run({ store, site }, input) {
    const bus = store.bus(input.EventSourceArn);
    const name = input.ArchiveName!;
    if (store.archives.has(name)) throw alreadyExists(`Archive ${name} already exists.`);
    const pattern = input.EventPattern || undefined;
    const archive: Archive = {
      name,
      arn: renderArn(site, "events", `archive/${name}`),
      busArn: bus.arn,
      description: input.Description,
      pattern,
      compiled: pattern === undefined ? undefined : readPattern(pattern),
      retentionDays: input.RetentionDays ?? 0,
      kmsKey: input.KmsKeyIdentifier || undefined,
      state: "ENABLED",
      createdAt: site.clock.now(),
      events: [],
      forgotten: 0,
    };
    store.archives.set(name, archive);
    bus.rules.put(archiveRule(site, bus, archive));
    return changedArchive(archive);
  },
} satisfies Operation<Wire<CreateArchiveRequest>, Wire<CreateArchiveResponse>>;
