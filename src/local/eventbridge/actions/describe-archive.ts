import type { DescribeArchiveRequest, DescribeArchiveResponse } from "@aws-sdk/client-eventbridge";
import { archiveLimits } from "../../../core/limits.ts";
import type { Wire } from "../../wire.ts";
import type { Operation } from "../operation.ts";
import { required, structure } from "../validation/shape.ts";
import { namedUpTo } from "../validation/shapes.ts";
import { archiveOf, listedArchive } from "./archive.ts";

export const describeArchive = {
  name: "DescribeArchive",
  input: structure("DescribeArchiveRequest", {
    ArchiveName: required(namedUpTo(archiveLimits.archiveNameChars)),
  }),
  run(context, { ArchiveName }) {
    const archive = archiveOf(context, ArchiveName!);
    return {
      ArchiveArn: archive.arn,
      ...listedArchive(context, archive),
      Description: archive.description,
      EventPattern: archive.pattern,
      KmsKeyIdentifier: archive.kmsKey,
    };
  },
} satisfies Operation<Wire<DescribeArchiveRequest>, Wire<DescribeArchiveResponse>>;
