import { InvokeCommand, LambdaClient, paginateListFunctions } from "@aws-sdk/client-lambda";
import { type ClientSettings, configOf, watched } from "./clients.ts";
import { answered } from "./patience.ts";
import { type Accepted, watchDoubt } from "./results.ts";

export const openLambda = (settings: ClientSettings): LambdaClient =>
  watched(new LambdaClient(configOf(settings)), settings);

/** Invokes a function asynchronously: it is queued, not yet run, when this answers. Lambda's answer has no id of its own. */
export async function invoke(lambda: LambdaClient, functionArn: string, payload: string): Promise<Accepted> {
  const command = new InvokeCommand({
    FunctionName: functionArn,
    InvocationType: "Event",
    Payload: payload,
  });
  const doubt = watchDoubt(command.middlewareStack);
  const { $metadata } = await answered((how) => lambda.send(command, how));
  return { id: $metadata.requestId ?? "", inDoubt: doubt() };
}

/** ARNs of the functions whose failed asynchronous invocations go to a queue. */
export async function findFunctionsByDeadLetters(lambda: LambdaClient, queueArn: string): Promise<string[]> {
  const arns: string[] = [];
  for await (const { Functions = [] } of paginateListFunctions({ client: lambda }, {}))
    for (const { FunctionArn, DeadLetterConfig } of Functions)
      if (DeadLetterConfig?.TargetArn === queueArn && FunctionArn !== undefined) arns.push(FunctionArn);
  return arns;
}
