import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { SchemasClient } from "@aws-sdk/client-schemas";
import type { SQSClient } from "@aws-sdk/client-sqs";
import type { AwsCall, ClientSettings } from "../aws/clients.ts";
import { EvbError } from "../core/errors.ts";
import type { World } from "../shell/world.ts";
import type { GlobalOptions } from "./flags.ts";

/** The one junction between options and clients: AWS, the emulator, or any endpoint that speaks their protocol. */
export interface Connection extends Disposable {
  /** Where the calls go, for messages: `eu-west-1`, or `http://127.0.0.1:4010`. */
  readonly where: string;
  /** Every call goes to the loopback interface. */
  readonly local: boolean;
  /** `maxAttempts` counts for the first call: the client is made once. For those who try again themselves. */
  events(tries?: Pick<ClientSettings, "maxAttempts">): Promise<EventBridgeClient>;
  sqs(): Promise<SQSClient>;
  schemas(): Promise<SchemasClient>;
}

/** Where `evb local` listens unless told otherwise. */
export const localUrl = "http://127.0.0.1:4010";
/** The emulator's region unless told otherwise. */
export const localRegion = "us-east-1";

const dummy = { accessKeyId: "local", secretAccessKey: "local" };

export function connect(world: World, global: GlobalOptions, onCall?: (call: AwsCall) => void): Connection {
  const settings = settingsOf(world, global);
  const lean = !world.env.EVB_NO_LEAN;
  const shared = { ...settings.shared, lean, ...(onCall === undefined ? {} : { onCall }) };
  const open: {
    events?: Promise<EventBridgeClient>;
    sqs?: Promise<SQSClient>;
    schemas?: Promise<SchemasClient>;
  } = {};
  const { events, sqs, schemas } = settings.endpoints;
  return {
    where: events ?? settings.shared.region ?? "the configured region",
    local: settings.local,
    events: (tries) => {
      open.events ??= import("../aws/open-eventbridge.ts").then((m) =>
        m.openEventBridge({ ...shared, ...tries, endpoint: events }),
      );
      return open.events;
    },
    sqs: () => {
      open.sqs ??= import("../aws/open-sqs.ts").then((m) => m.openSqs({ ...shared, endpoint: sqs }));
      return open.sqs;
    },
    schemas: () => {
      if (settings.local && (schemas === undefined || !isLoopback(schemas)))
        throw mixedEndpoints(events!, ["AWS_ENDPOINT_URL_SCHEMAS"]);
      open.schemas ??= import("../aws/open-schemas.ts").then((m) =>
        m.openSchemas({ ...shared, endpoint: schemas }),
      );
      return open.schemas;
    },
    [Symbol.dispose]() {
      for (const opened of Object.values(open))
        void opened.then(
          (c) => c.destroy(),
          () => {},
        );
    },
  };
}

interface Settings {
  readonly local: boolean;
  readonly endpoints: Readonly<Record<"events" | "sqs" | "schemas", string | undefined>>;
  readonly shared: ClientSettings;
}

/**
 * Precedence as in the AWS CLI: flag, variable of the service, variable for all. Endpoints are always passed to
 * the client in code, never left to the environment.
 */
export function settingsOf({ env }: Pick<World, "env">, global: GlobalOptions): Settings {
  if (global.local) {
    if (global.endpointUrl !== undefined || global.profile !== undefined)
      throw new EvbError(
        "BAD_USAGE",
        `--local cannot be combined with ${global.profile === undefined ? "--endpoint-url" : "--profile"}`,
        ["EVB_LOCAL_URL names another emulator"],
      );
    const url = checkedUrl(env.EVB_LOCAL_URL ?? localUrl, "EVB_LOCAL_URL");
    if (!isLoopback(url))
      throw new EvbError("BAD_USAGE", `EVB_LOCAL_URL is ${url}, which is not on this machine`, [
        "--local only talks to a loopback address; use --endpoint-url for anything else",
      ]);
    return {
      local: true,
      endpoints: { events: url, sqs: url, schemas: url },
      shared: { region: global.region ?? localRegion, credentials: dummy },
    };
  }
  const region = global.region ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION;
  const endpoints = endpointsOf(env, global.endpointUrl);
  const [loopback] = Object.values(endpoints).filter((url) => url !== undefined && isLoopback(url));
  if (loopback === undefined) return { local: false, endpoints, shared: { region, profile: global.profile } };
  // The schema registry is asked about when it is needed: who has named the other two need not name it as well.
  if (![endpoints.events, endpoints.sqs].every((url) => url !== undefined && isLoopback(url)))
    throw mixedEndpoints(loopback, ["AWS_ENDPOINT_URL_EVENTBRIDGE", "AWS_ENDPOINT_URL_SQS"]);
  // Credentials for a local endpoint are never looked up: that could call SSO or STS.
  return {
    local: true,
    endpoints,
    shared: { region: region ?? localRegion, credentials: environmentCredentials(env) ?? dummy },
  };
}

const mixedEndpoints = (local: string, variables: readonly string[]) =>
  new EvbError(
    "BAD_USAGE",
    `the endpoint of one service is local (${local}) and that of another is not: calls would reach AWS`,
    [`set AWS_ENDPOINT_URL, or ${variables.join(" and ")} as well, or use --endpoint-url`],
  );

function endpointsOf(env: World["env"], flag: string | undefined): Settings["endpoints"] {
  if (flag !== undefined) {
    const url = checkedUrl(flag, "--endpoint-url");
    return { events: url, sqs: url, schemas: url };
  }
  if (env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === "true")
    return { events: undefined, sqs: undefined, schemas: undefined };
  const of = (service: string) => {
    const name = env[`AWS_ENDPOINT_URL_${service}`] ? `AWS_ENDPOINT_URL_${service}` : "AWS_ENDPOINT_URL";
    const value = env[name];
    return value ? checkedUrl(value, name) : undefined;
  };
  return { events: of("EVENTBRIDGE"), sqs: of("SQS"), schemas: of("SCHEMAS") };
}

function environmentCredentials(env: World["env"]) {
  const accessKeyId = env.AWS_ACCESS_KEY_ID;
  const secretAccessKey = env.AWS_SECRET_ACCESS_KEY;
  const sessionToken = env.AWS_SESSION_TOKEN;
  if (!accessKeyId || !secretAccessKey) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}

function checkedUrl(text: string, from: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:")
    throw new EvbError("BAD_USAGE", `${from} is no http or https URL: ${text}`, [`for example ${localUrl}`]);
  return text.replace(/\/$/, "");
}

/** The host is this machine: 127.0.0.0/8, ::1 or localhost. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "[::1]" ||
    /^127(\.\d+){3}$/.test(hostname)
  );
}
