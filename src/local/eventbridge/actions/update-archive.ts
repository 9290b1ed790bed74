import type { UpdateArchiveRequest, UpdateArchiveResponse } from "@aws-sdk/client-eventbridge";
import { archiveLimits } from "../../../core/limits.ts";
import type { Wire } from "../../wire.ts";
import { archiveRule } from "../archive/managed-rule.ts";
import { invalid } from "../faults.ts";
import type { Operation } from "../operation.ts";
import { readPattern } from "../pattern.ts";
import { integer, required, structure } from "../validation/shape.ts";
import { eventPattern, kmsKey, lineOfDescription, namedUpTo } from "../validation/shapes.ts";
import { archiveOf, changedArchive } from "./archive.ts";

export const updateArchive = {
  name: "UpdateArchive",
  input: structure("UpdateArchiveRequest", {
    ArchiveName: required(namedUpTo(archiveLimits.archiveNameChars)),
    Description: lineOfDescription,
    EventPattern: eventPattern,
    RetentionDays: integer({ min: 0 }),
    KmsKeyIdentifier: kmsKey,
  }),
  run(context, input) {
    const { EventPattern, RetentionDays, Description, KmsKeyIdentifier } = input;
    if ((EventPattern ?? RetentionDays ?? Description ?? KmsKeyIdentifier) === undefined)
      throw invalid("At least one of EventPattern, RetentionDays or Description must be provided.");
    const archive = archiveOf(context, input.ArchiveName!);
    if (EventPattern !== undefined) {
      archive.compiled = EventPattern === "" ? undefined : readPattern(EventPattern);
      archive.pattern = EventPattern || undefined;
    }
    archive.retentionDays = RetentionDays ?? archive.retentionDays;
    archive.description = Description ?? archive.description;
    archive.kmsKey = KmsKeyIdentifier === undefined ? archive.kmsKey : KmsKeyIdentifier || undefined;
    context.store.archives.touch(archive.name);
    // The bus may be gone; its archives stay.
    for (const bus of context.store.buses.values())
      if (bus.arn === archive.busArn) bus.rules.put(archiveRule(context.site, bus, archive));
    return changedArchive(archive);
  },
} satisfies Operation<Wire<UpdateArchiveRequest>, Wire<UpdateArchiveResponse>>;
