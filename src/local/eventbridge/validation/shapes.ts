import { putLimits } from "../../../core/event/limits.ts";
import { busLimits as limits, retryLimits } from "../../../core/limits.ts";
import { flag, integer, list, map, required, structure, text } from "./shape.ts";

/** Shapes that several operations share, by the model's names and with its patterns. */

const named = String.raw`[\.\-_A-Za-z0-9]+`;

export const ruleName = text({ min: 1, max: limits.ruleNameChars, pattern: named });
export const busName = text({ min: 1, max: limits.busNameChars, pattern: String.raw`[/\.\-_A-Za-z0-9]+` });
export const busNameOrArn = text({
  min: 1,
  max: limits.busNameOrArnChars,
  pattern: String.raw`(arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:[0-9]{12}:event-bus\/)?[/\.\-_A-Za-z0-9]+`,
});
export const eventPattern = text({ max: limits.patternChars });
export const description = text({ max: limits.descriptionChars });
/** Of archives, replays, connections and API destinations: unlike those of buses and rules, one line. */
export const lineOfDescription = text({ max: limits.descriptionChars, pattern: ".*" });
export const arn = text({ min: 1, max: limits.arnChars });
export const namedUpTo = (max: number) => text({ min: 1, max, pattern: named });
export const nextToken = text({ min: 1, max: limits.tokenChars });
export const pageLimit = integer({ min: 1, max: limits.pageSize });
export const kmsKey = text({ max: 2048, pattern: String.raw`[a-zA-Z0-9_\-/:]*` });
export const deadLetterConfig = structure("DeadLetterConfig", { Arn: arn });
export const logConfig = structure("LogConfig", {
  IncludeDetail: text({ values: ["NONE", "FULL"] }),
  Level: text({ values: ["OFF", "ERROR", "INFO", "TRACE"] }),
});
export const tagKey = text({ min: 1, max: limits.tagKeyChars });
export const tags = list(
  structure("Tag", { Key: required(tagKey), Value: required(text({ max: limits.tagValueChars })) }),
);
export const targetId = text({ min: 1, max: limits.targetIdChars, pattern: named });

/** Parameters of target kinds that this emulator does not run are taken as they are. */
const inputPath = text({ max: limits.inputPathChars });
export const target = structure("Target", {
  Id: required(targetId),
  Arn: required(arn),
  RoleArn: text({ min: 1, max: limits.roleArnChars }),
  Input: text({ max: limits.inputChars }),
  InputPath: inputPath,
  InputTransformer: structure("InputTransformer", {
    InputPathsMap: map(
      text({ min: 1, max: limits.inputVariableChars, pattern: String.raw`[A-Za-z0-9\_\-]+` }),
      inputPath,
      limits.inputPaths,
    ),
    InputTemplate: required(text({ min: 1, max: limits.inputChars })),
  }),
  KinesisParameters: structure("KinesisParameters", { PartitionKeyPath: required(text({ max: 256 })) }),
  SqsParameters: structure("SqsParameters", { MessageGroupId: text({ max: limits.messageGroupIdChars }) }),
  HttpParameters: structure("HttpParameters", {
    PathParameterValues: list(text({ pattern: String.raw`(?!\s*$).+` })),
    HeaderParameters: map(text({ max: 512, pattern: "[!#$%&'*+-.^_`|~0-9a-zA-Z]+" }), text({ max: 512 })),
    QueryStringParameters: map(
      text({ max: 512, pattern: String.raw`[^\x00-\x1F\x7F]+` }),
      text({ max: 512 }),
    ),
  }),
  DeadLetterConfig: deadLetterConfig,
  RetryPolicy: structure("RetryPolicy", {
    MaximumRetryAttempts: integer({ min: retryLimits.attempts.least, max: retryLimits.attempts.most }),
    MaximumEventAgeInSeconds: integer({
      min: retryLimits.ageSeconds.least,
      max: retryLimits.ageSeconds.most,
    }),
  }),
});

export const entry = structure(
  "PutEventsRequestEntry",
  {
    Time: { type: "timestamp" },
    Source: text(),
    Resources: list(text({ max: 2048 })),
    DetailType: text(),
    Detail: text(),
    EventBusName: busNameOrArn,
    TraceHeader: text({ min: 1, max: putLimits.traceHeaderChars }),
  },
  ["kmsKeyIdentifier", "internalMetadata"],
);

export const force = flag();
export const nonPartnerBusName = namedUpTo(limits.busNameChars);
export const statementId = text({ min: 1, max: 64, pattern: "[a-zA-Z0-9-_]+" });
/** Of a bus or an archive, where something is looked for by it. */
export const sourceArn = text({
  min: 1,
  max: limits.arnChars,
  pattern: String.raw`^arn:aws([a-z]|\-)*:events:([a-z]|\d|\-)*:([0-9]{12})?:.+\/.+$`,
});
export const busArn = text({
  min: 1,
  max: limits.arnChars,
  pattern: String.raw`^arn:aws([a-z]|\-)*:events:([a-z]|\d|\-)*:([0-9]{12})?:event-bus\/.+$`,
});
