import { at, type Tree, textOf } from "../source/tree.ts";
import { evaluate, evaluateText } from "./evaluate.ts";
import { pseudoText, queueUrl, stackArn } from "./pseudo.ts";
import { claimName, type Scope } from "./scope.ts";

/** What a resource is called once it is deployed. Texts may have marks. */
export interface Identity {
  readonly name: string;
  /** The template gives no name: CloudFormation makes one, and the logical id stands for it. */
  readonly isGenerated: boolean;
  /** What `Ref` gives. */
  readonly ref: string;
  readonly arn: string;
  /** What `Fn::GetAtt` gives beside `Arn`. */
  readonly attributes: Readonly<Record<string, string>>;
}

interface Kind {
  /** The property that holds the name. */
  readonly name: string;
  readonly service: string;
  /** What stands before the name in the ARN. */
  readonly before?: string;
  readonly after?: string;
  readonly isGlobal?: boolean;
  /** Neither region nor account stand in the ARN. */
  readonly isBare?: boolean;
  /** Default: the name. `id`: one that AWS makes up. */
  readonly ref?: "arn" | "id";
  /** Attributes beside `Arn` that are the name. */
  readonly named?: readonly string[];
  /** Another name for `Arn`. */
  readonly arnIs?: string;
}

/** Resources whose ARN can be told before the deploy, from the resource reference of CloudFormation. */
const kinds: Readonly<Record<string, Kind>> = {
  "AWS::Events::EventBus": { name: "Name", service: "events", before: "event-bus/", named: ["Name"] },
  "AWS::Events::Archive": {
    name: "ArchiveName",
    service: "events",
    before: "archive/",
    named: ["ArchiveName"],
  },
  "AWS::Events::Connection": { name: "Name", service: "events", before: "connection/" },
  "AWS::Events::ApiDestination": { name: "Name", service: "events", before: "api-destination/" },
  "AWS::SQS::Queue": { name: "QueueName", service: "sqs", named: ["QueueName"] },
  "AWS::SNS::Topic": {
    name: "TopicName",
    service: "sns",
    ref: "arn",
    named: ["TopicName"],
    arnIs: "TopicArn",
  },
  "AWS::Lambda::Function": { name: "FunctionName", service: "lambda", before: "function:" },
  "AWS::Serverless::Function": { name: "FunctionName", service: "lambda", before: "function:" },
  "AWS::StepFunctions::StateMachine": {
    name: "StateMachineName",
    service: "states",
    before: "stateMachine:",
    ref: "arn",
    named: ["Name"],
  },
  "AWS::Serverless::StateMachine": {
    name: "Name",
    service: "states",
    before: "stateMachine:",
    ref: "arn",
    named: ["Name"],
  },
  "AWS::Kinesis::Stream": { name: "Name", service: "kinesis", before: "stream/" },
  "AWS::KinesisFirehose::DeliveryStream": {
    name: "DeliveryStreamName",
    service: "firehose",
    before: "deliverystream/",
  },
  "AWS::Logs::LogGroup": { name: "LogGroupName", service: "logs", before: "log-group:", after: ":*" },
  "AWS::IAM::Role": { name: "RoleName", service: "iam", before: "role/", isGlobal: true },
  "AWS::ECS::Cluster": { name: "ClusterName", service: "ecs", before: "cluster/" },
  "AWS::Batch::JobQueue": { name: "JobQueueName", service: "batch", before: "job-queue/", ref: "arn" },
  "AWS::DynamoDB::Table": { name: "TableName", service: "dynamodb", before: "table/" },
  "AWS::EventSchemas::Registry": {
    name: "RegistryName",
    service: "schemas",
    before: "registry/",
    named: ["RegistryName"],
    arnIs: "RegistryArn",
  },
  "AWS::EventSchemas::Schema": { name: "SchemaName", service: "schemas", before: "schema/" },
  // What events of AWS are told apart by.
  "AWS::S3::Bucket": { name: "BucketName", service: "s3", isBare: true },
  "AWS::CodePipeline::Pipeline": { name: "Name", service: "codepipeline" },
  "AWS::CodeBuild::Project": { name: "Name", service: "codebuild", before: "project/" },
  "AWS::CodeCommit::Repository": {
    name: "RepositoryName",
    service: "codecommit",
    ref: "id",
    named: ["Name"],
  },
  "AWS::ECR::Repository": { name: "RepositoryName", service: "ecr", before: "repository/" },
  "AWS::Glue::Job": { name: "Name", service: "glue", before: "job/" },
};

/** Who a resource is. The physical names of two resources never share an unknown. */
export function identify(scope: Scope, id: string, resource: Tree): Identity {
  const type = textOf(at(resource, "Type")) ?? "";
  if (type === "AWS::Events::Rule") return identifyRule(scope, id, resource);
  const kind = kinds[type];
  if (kind === undefined) return unheardOf(scope, id, resource);
  const { name, isGenerated } = nameOf(scope, id, resource, kind.name);
  const path = `${kind.before ?? ""}${standIn(scope, name)}${kind.after ?? ""}`;
  const plainArn = kind.isBare
    ? `arn:${pseudoText(scope, "AWS::Partition")}:${kind.service}:::${path}`
    : stackArn(scope, kind.service, path, kind.isGlobal);
  const arn =
    isGenerated || (kind.service === "events" && isWithUuid(type))
      ? scope.unknowns.mark(`${id}.Arn`, resource.place, plainArn)
      : plainArn;
  const url = type === "AWS::SQS::Queue" ? urlOf(scope, id, name, isGenerated, resource) : undefined;
  const made = kind.ref === "id" ? scope.unknowns.mark(id, resource.place) : undefined;
  const ref = url ?? made ?? (kind.ref === "arn" ? arn : name);
  const named = Object.fromEntries((kind.named ?? []).map((attribute) => [attribute, name]));
  return {
    name,
    isGenerated,
    ref,
    arn,
    attributes: {
      ...named,
      ...(kind.arnIs !== undefined && { [kind.arnIs]: arn }),
      ...(url !== undefined && { QueueUrl: url }),
    },
  };
}

/** Behind the name stands an id that AWS makes. */
const isWithUuid = (type: string): boolean =>
  type === "AWS::Events::ApiDestination" || type === "AWS::Events::Connection";

function nameOf(
  scope: Scope,
  id: string,
  resource: Tree,
  property: string,
): { readonly name: string; readonly isGenerated: boolean } {
  const given = at(resource, "Properties", property);
  const name = given && evaluateText(given, scope, property);
  if (name !== undefined) return { name, isGenerated: false };
  const isFifo =
    textOf(at(resource, "Properties", "FifoQueue") ?? at(resource, "Properties", "FifoTopic")) === "true";
  const made = claimName(scope, id);
  return { name: scope.unknowns.mark(id, resource.place, isFifo ? `${made}.fifo` : made), isGenerated: true };
}

const standIn = (scope: Scope, name: string): string => scope.unknowns.settle(name);

function urlOf(scope: Scope, id: string, name: string, isGenerated: boolean, { place }: Tree): string {
  const url = queueUrl(scope, standIn(scope, name));
  return isGenerated ? scope.unknowns.mark(`${id}.QueueUrl`, place, url) : url;
}

/** `Ref` of a rule is `bus|name` on a bus of one's own. */
function identifyRule(scope: Scope, id: string, resource: Tree): Identity {
  const { name, isGenerated } = nameOf(scope, id, resource, "Name");
  const bus = busOf(scope, resource);
  const path = [...(bus === "default" ? [] : [bus]), standIn(scope, name)];
  const arn = stackArn(scope, "events", `rule/${path.join("/")}`);
  return {
    name,
    isGenerated,
    ref: bus === "default" ? name : `${bus}|${name}`,
    arn: isGenerated ? scope.unknowns.mark(`${id}.Arn`, resource.place, arn) : arn,
    attributes: {},
  };
}

/** The name of the bus that a rule stands on; it may be given by its ARN. */
export function busOf(scope: Scope, resource: Tree): string {
  const given = at(resource, "Properties", "EventBusName");
  const text = given && evaluateText(given, scope, "EventBusName");
  if (text === undefined) return "default";
  const settled = scope.unknowns.settle(text);
  return settled.startsWith("arn:") ? settled.replace(/^.*:event-bus\//s, "") : settled;
}

/** A resource of a type that is not in the table: what it is called is for the deploy to say. */
function unheardOf(scope: Scope, id: string, resource: Tree): Identity {
  const name = scope.unknowns.mark(id, resource.place);
  return {
    name,
    isGenerated: true,
    ref: name,
    arn: scope.unknowns.mark(`${id}.Arn`, resource.place),
    attributes: {},
  };
}

/** The texts of a property that is a list of texts, or one text. */
export function evaluateTexts(scope: Scope, tree: Tree | undefined): string[] {
  const value = tree && evaluate(tree, scope);
  const items = value === undefined ? [] : value.kind === "list" ? value.items : [value];
  return items.map(textOf).filter((text) => text !== undefined);
}
