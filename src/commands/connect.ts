import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { KinesisClient } from "@aws-sdk/client-kinesis";
import type { LambdaClient } from "@aws-sdk/client-lambda";
import type { SchemasClient } from "@aws-sdk/client-schemas";
import type { SFNClient } from "@aws-sdk/client-sfn";
import type { SNSClient } from "@aws-sdk/client-sns";
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
  sns(): Promise<SNSClient>;
  lambda(): Promise<LambdaClient>;
  states(): Promise<SFNClient>;
  kinesis(): Promise<KinesisClient>;
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
  const { events } = settings.endpoints;
  const opened = new Map<ServiceName, Promise<{ destroy(): void }>>();
  const once = <C extends { destroy(): void }>(
    service: ServiceName,
    open: (of: ClientSettings) => Promise<C>,
  ): Promise<C> => {
    const before = opened.get(service);
    if (before !== undefined) return before as Promise<C>;
    const client = open({ ...shared, endpoint: settings.endpoints[service] });
    opened.set(service, client);
    return client;
  };
  /** Asked about when it is needed: who has named the endpoints of the first two need not name all. */
  const further = <C extends { destroy(): void }>(
    service: ServiceName,
    open: (of: ClientSettings) => Promise<C>,
  ): Promise<C> => {
    const endpoint = settings.endpoints[service];
    if (settings.local && (endpoint === undefined || !isLoopback(endpoint)))
      throw mixedEndpoints(events!, [`AWS_ENDPOINT_URL_${variableOf[service]}`]);
    return once(service, open);
  };
  const connection: Connection = {
    where: events ?? settings.shared.region ?? "the configured region",
    local: settings.local,
    events: (tries) =>
      once("events", async (of) =>
        (await import("../aws/open-eventbridge.ts")).openEventBridge({ ...of, ...tries }),
      ),
    sqs: () => once("sqs", async (of) => (await import("../aws/open-sqs.ts")).openSqs(of)),
    schemas: () => further("schemas", async (of) => (await import("../aws/open-schemas.ts")).openSchemas(of)),
    sns: () => further("sns", async (of) => (await import("../aws/topics.ts")).openSns(of)),
    lambda: () => further("lambda", async (of) => (await import("../aws/functions.ts")).openLambda(of)),
    states: () => further("states", async (of) => (await import("../aws/executions.ts")).openStates(of)),
    kinesis: () =>
      further("kinesis", async (of) =>
        (await import("../aws/streams.ts")).openKinesis(of, await connection.events()),
      ),
    [Symbol.dispose]() {
      for (const client of opened.values())
        void client.then(
          (c) => c.destroy(),
          () => {},
        );
    },
  };
  return connection;
}

/** The end of each service's own endpoint variable, by the SDK's service ids. */
const variableOf = {
  events: "EVENTBRIDGE",
  sqs: "SQS",
  schemas: "SCHEMAS",
  sns: "SNS",
  lambda: "LAMBDA",
  states: "SFN",
  kinesis: "KINESIS",
} as const;

type ServiceName = keyof typeof variableOf;

const endpointsBy = (find: (service: ServiceName) => string | undefined): Settings["endpoints"] =>
  Object.fromEntries(
    (Object.keys(variableOf) as ServiceName[]).map((service) => [service, find(service)]),
  ) as Settings["endpoints"];

interface Settings {
  readonly local: boolean;
  readonly endpoints: Readonly<Record<ServiceName, string | undefined>>;
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
      endpoints: endpointsBy(() => url),
      shared: { region: global.region ?? localRegion, credentials: { ...dummy } },
    };
  }
  const region = global.region ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION;
  const endpoints = endpointsOf(env, global.endpointUrl);
  const [loopback] = Object.values(endpoints).filter((url) => url !== undefined && isLoopback(url));
  if (loopback === undefined) return { local: false, endpoints, shared: { region, profile: global.profile } };
  if (![endpoints.events, endpoints.sqs].every((url) => url !== undefined && isLoopback(url)))
    throw mixedEndpoints(loopback, ["AWS_ENDPOINT_URL_EVENTBRIDGE", "AWS_ENDPOINT_URL_SQS"]);
  // Credentials for a local endpoint are never looked up: that could call SSO or STS.
  return {
    local: true,
    endpoints,
    shared: { region: region ?? localRegion, credentials: environmentCredentials(env) ?? { ...dummy } },
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
    return endpointsBy(() => url);
  }
  if (env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === "true") return endpointsBy(() => undefined);
  return endpointsBy((service) => {
    const own = `AWS_ENDPOINT_URL_${variableOf[service]}`;
    const name = env[own] ? own : "AWS_ENDPOINT_URL";
    const value = env[name];
    return value ? checkedUrl(value, name) : undefined;
  });
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
