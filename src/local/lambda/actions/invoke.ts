import type { InvocationRequest, InvocationResponse } from "@aws-sdk/client-lambda";
import { parseArn, renderArn } from "../../../core/arn.ts";
import { ServiceFault } from "../../fault.ts";
import type { Site } from "../../ports.ts";
import type { Wire } from "../../wire.ts";
import type { Context } from "../service.ts";

/** Bytes of a payload of either kind of invocation since October 2025. Source: Lambda quotas, release notes. */
const asynchronousBytes = 1024 * 1024;
const synchronousBytes = 6 * 1024 * 1024;

export const invoke = {
  name: "Invoke",
  async run({ site, standIns }, { FunctionName, InvocationType = "RequestResponse", Payload = "" }) {
    const targetArn = functionArn(site, FunctionName!);
    if (!standIns.has(targetArn))
      throw new ServiceFault(
        "ResourceNotFoundException",
        `Function not found: ${targetArn}: the emulator has no handler for it.`,
        404,
      );
    demandType(InvocationType);
    const body = Payload === "" ? "{}" : Payload;
    demandJson(body);
    demandSize(body, InvocationType === "Event" ? asynchronousBytes : synchronousBytes);
    const call = { targetArn, body, request: { FunctionName, InvocationType } };
    if (InvocationType === "DryRun") return { StatusCode: 204 };
    if (InvocationType === "Event") {
      void standIns.start(call);
      return { StatusCode: 202 };
    }
    try {
      return { StatusCode: 200, Payload: JSON.stringify((await standIns.call(call)) ?? null) };
    } catch (error) {
      return { StatusCode: 200, FunctionError: "Unhandled", Payload: renderError(error) };
    }
  },
} satisfies {
  name: string;
  run(context: Context, input: Wire<InvocationRequest>): Promise<Wire<InvocationResponse>>;
};

/** A name, `account:function:name` or an ARN, each with or without a version or alias behind it. */
function functionArn(site: Site, name: string): string {
  if (parseArn(name) !== undefined) return name;
  return renderArn(site, "lambda", `function:${name.replace(/^(\d{12}:)?function:/, "")}`);
}

/** As the Node runtime answers for what a function throws, without the trace. */
const renderError = (error: unknown): string =>
  JSON.stringify(
    error instanceof Error
      ? { errorType: error.name, errorMessage: error.message }
      : { errorType: typeof error, errorMessage: String(error) },
  );

function demandType(type: string): void {
  if (!["RequestResponse", "Event", "DryRun"].includes(type))
    throw new ServiceFault(
      "InvalidParameterValueException",
      `1 validation error detected: Value '${type}' at 'invocationType' failed to satisfy constraint: Member must satisfy enum value set: [Event, RequestResponse, DryRun]`,
    );
}

function demandJson(body: string): void {
  try {
    JSON.parse(body);
  } catch (error) {
    throw new ServiceFault(
      "InvalidRequestContentException",
      `Could not parse request body into json: ${(error as Error).message}`,
    );
  }
}

function demandSize(body: string, limit: number): void {
  const bytes = Buffer.byteLength(body);
  if (bytes > limit)
    throw new ServiceFault(
      "RequestTooLargeException",
      `Request must be smaller than ${limit} bytes for the InvokeFunction operation`,
      413,
    );
}
