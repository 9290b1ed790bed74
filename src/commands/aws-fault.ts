import { EvbError } from "../core/errors.ts";

/** What an SDK error says, as far as it says it. */
interface SdkError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $fault?: string;
  readonly code?: string;
  /** Put there by our middleware: `PutEvents`. */
  readonly operation?: string;
  readonly service?: string;
  readonly endpoint?: string;
}

const unreached = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EPIPE",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "TimeoutError",
]);
const stale = new Set([
  "ExpiredToken",
  "ExpiredTokenException",
  "UnrecognizedClientException",
  "InvalidClientTokenId",
  "InvalidSignatureException",
  "TokenRefreshRequired",
]);
const denied = new Set([
  "AccessDenied",
  "AccessDeniedException",
  "NotAuthorized",
  "UnauthorizedOperation",
  "AuthorizationError",
  "AuthorizationErrorException",
]);

/** Turns an error of the AWS SDK into words and a remedy; `undefined` when it is no such error. */
export function awsFault(error: unknown): EvbError | undefined {
  if (!(error instanceof Error)) return undefined;
  const e = error as SdkError;
  const doing = e.operation ? `${e.operation}: ` : "";
  if (e.name === "CredentialsProviderError" || e.name === "TokenProviderError" || stale.has(e.name))
    return new EvbError(
      "NO_CREDENTIALS",
      `${doing}${stale.has(e.name) ? `AWS does not accept the credentials (${e.name})` : `no AWS credentials found${whyNone(e)}`}`,
      [
        "set AWS_PROFILE or --profile, or sign in with `aws sso login`",
        "without an account: evb local, then --local",
      ],
      e,
    );
  if (e.message === "Region is missing")
    return new EvbError(
      "NO_REGION",
      `${doing}no AWS region is configured`,
      ["set --region or AWS_REGION"],
      e,
    );
  const network = [e.code, e.name].find((code) => code !== undefined && unreached.has(code));
  if (network !== undefined && e.$metadata?.httpStatusCode === undefined)
    return new EvbError(
      "NOT_REACHED",
      `${doing}no answer from ${e.endpoint ?? "the endpoint"} (${network})`,
      unreachedHints(e),
      e,
    );
  if (e.$metadata?.httpStatusCode === undefined && e.$fault === undefined) return undefined;
  if (denied.has(e.name))
    return new EvbError("ACCESS_DENIED", `${doing}${e.message}`, [`the caller needs ${missingAction(e)}`], e);
  return new EvbError("AWS_REFUSED", `${doing}${e.name}: ${e.message}`, [], e);
}

/** AWS names it, and it may be another one than the call's own: tags in a PutRule need `events:TagResource`. */
const missingAction = ({ message, service, operation }: SdkError): string =>
  /not authorized to perform: ([\w-]+:\w+)/.exec(message)?.[1] ??
  actions[`${service}:${operation}`] ??
  `${service ?? "the"}:${operation ?? "permission"}`;

/** Actions that are not called as their operations are. Source: service authorization reference. */
const actions: Readonly<Record<string, string>> = { "lambda:Invoke": "lambda:InvokeFunction" };

/** What the SDK says of a profile or a sign-in; its sentence for "nothing anywhere" says no more than ours. */
function whyNone({ message }: Error): string {
  return /^Could not load credentials from any providers/.test(message)
    ? ""
    : `: ${message.replace(/\.$/, "")}`;
}

function unreachedHints(e: SdkError): string[] {
  const local = /\/\/(127\.|localhost|\[::1\])/.test(e.endpoint ?? "");
  return [
    local
      ? "is the emulator running? start it with `evb local`"
      : "check the network, the region and --endpoint-url",
  ];
}
