import { describe, expect, it } from "vitest";
import { awsFault } from "../../src/commands/aws-fault.ts";

const failure = (name: string, message: string, more: object = {}) =>
  Object.assign(new Error(message), { name }, more);
const answered = {
  $metadata: { httpStatusCode: 400 },
  $fault: "client",
  operation: "PutEvents",
  service: "events",
};

describe("an error of the SDK in words", () => {
  it.each<[string, Error, string, string]>([
    [
      "nothing anywhere",
      failure("CredentialsProviderError", "Could not load credentials from any providers", {
        operation: "PutEvents",
      }),
      "NO_CREDENTIALS",
      "PutEvents: no AWS credentials found",
    ],
    [
      "a sign-in that has ended",
      failure("CredentialsProviderError", "The SSO session associated with this profile has expired.", {
        operation: "PutEvents",
      }),
      "NO_CREDENTIALS",
      "PutEvents: no AWS credentials found: The SSO session associated with this profile has expired",
    ],
    [
      "credentials that AWS refuses",
      failure("ExpiredTokenException", "The security token included in the request is expired", answered),
      "NO_CREDENTIALS",
      "PutEvents: AWS does not accept the credentials (ExpiredTokenException)",
    ],
    [
      "no region",
      failure("Error", "Region is missing", { operation: "PutEvents" }),
      "NO_REGION",
      "PutEvents: no AWS region is configured",
    ],
    [
      "nobody there",
      failure("Error", "connect ECONNREFUSED", {
        code: "ECONNREFUSED",
        operation: "PutEvents",
        endpoint: "http://127.0.0.1:1",
      }),
      "NOT_REACHED",
      "PutEvents: no answer from http://127.0.0.1:1 (ECONNREFUSED)",
    ],
    [
      "a refusal",
      failure("ValidationException", "no", answered),
      "AWS_REFUSED",
      "PutEvents: ValidationException: no",
    ],
  ])("%s", (_name, error, code, sentence) => {
    expect(awsFault(error)).toMatchObject({ code, message: sentence, exit: 4 });
  });

  it("names the IAM action that is missing", () => {
    const message =
      "User: arn:aws:iam::123456789012:user/ci is not authorized to perform: events:PutEvents on resource: arn:aws:events:eu-west-1:123456789012:event-bus/orders";
    const fault = awsFault(failure("AccessDeniedException", message, answered));
    expect(fault?.code).toBe("ACCESS_DENIED");
    expect(fault?.message).toContain("event-bus/orders");
    expect(fault?.hints.join()).toContain("events:PutEvents");
  });

  it("leaves alone what is no error of the SDK", () => {
    expect(awsFault(new TypeError("x is not a function"))).toBeUndefined();
    expect(awsFault("text")).toBeUndefined();
  });
});
