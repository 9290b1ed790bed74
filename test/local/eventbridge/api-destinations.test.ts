import type { ServerResponse } from "node:http";
import {
  CreateApiDestinationCommand,
  type CreateApiDestinationCommandInput,
  CreateConnectionCommand,
  type CreateConnectionCommandInput,
  DeauthorizeConnectionCommand,
  DeleteApiDestinationCommand,
  DeleteConnectionCommand,
  DescribeApiDestinationCommand,
  DescribeConnectionCommand,
  type EventBridgeClient,
  ListApiDestinationsCommand,
  ListConnectionsCommand,
  type Target,
  UpdateApiDestinationCommand,
  UpdateConnectionCommand,
} from "@aws-sdk/client-eventbridge";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Emulator, openEmulator, order, refusal } from "./emulator.ts";
import { openSite } from "./site.ts";

let aws: Emulator;
let events: EventBridgeClient;
let site: Awaited<ReturnType<typeof openSite>>;
beforeEach(async () => {
  [aws, site] = await Promise.all([openEmulator({ random: () => 0.5 }), openSite()]);
  events = aws.events;
});
afterEach(() => Promise.all([aws[Symbol.asyncDispose](), site.close()]));

const basic: CreateConnectionCommandInput = {
  Name: "web",
  AuthorizationType: "BASIC",
  AuthParameters: { BasicAuthParameters: { Username: "user", Password: "pass" } },
};
const connect = async (input: Partial<CreateConnectionCommandInput> = {}) =>
  (await events.send(new CreateConnectionCommand({ ...basic, ...input }))).ConnectionArn!;
const oauth = (more = {}): Partial<CreateConnectionCommandInput> => ({
  AuthorizationType: "OAUTH_CLIENT_CREDENTIALS",
  AuthParameters: {
    OAuthParameters: {
      ClientParameters: { ClientID: "client", ClientSecret: "s3cret" },
      AuthorizationEndpoint: `${site.url}/token`,
      HttpMethod: "POST",
      OAuthHttpParameters: { BodyParameters: [{ Key: "scope", Value: "events", IsValueSecret: false }] },
      ...more,
    },
  },
});
const destination = async (ConnectionArn: string, input: Partial<CreateApiDestinationCommandInput> = {}) =>
  (
    await events.send(
      new CreateApiDestinationCommand({
        Name: "web",
        ConnectionArn,
        InvocationEndpoint: `${site.url}/hook`,
        HttpMethod: "POST",
        ...input,
      }),
    )
  ).ApiDestinationArn!;
const RoleArn = "arn:aws:iam::000000000000:role/r";
const route = (Arn: string, more: Partial<Target> = {}) =>
  aws.rule("r", { source: ["shop"] }, [{ Arn, RoleArn, ...more }]);
/** Until a delivery over the real network has been answered. */
const settled = (count: number) =>
  vi.waitFor(() => expect(aws.local.deliveries().length).toBeGreaterThanOrEqual(count));
const token = (response: ServerResponse, access_token: string, expires_in = 60) =>
  response.end(JSON.stringify({ access_token, token_type: "bearer", expires_in }));

describe("an API destination", () => {
  it("is called with the event, basic authentication and AWS's headers", async () => {
    await route(await destination(await connect()));
    const [id] = await aws.put(order);
    await settled(1);
    expect(site.seen).toHaveLength(1);
    const [call] = site.seen;
    expect(call).toMatchObject({ method: "POST", url: "/hook" });
    expect(JSON.parse(call!.body)).toMatchObject({ id, detail: { id: "o-1" } });
    expect(call!.headers).toMatchObject({
      authorization: `Basic ${Buffer.from("user:pass").toString("base64")}`,
      "content-type": "application/json; charset=utf-8",
      "user-agent": "Amazon/EventBridge/ApiDestinations",
    });
    expect(aws.local.deliveries()).toMatchObject([{ status: "delivered" }]);
  });

  it("gets an API key, path, query and headers, where the connection wins, and body parameters", async () => {
    const InvocationHttpParameters = {
      HeaderParameters: [{ Key: "x-who", Value: "connection", IsValueSecret: false }],
      QueryStringParameters: [{ Key: "b", Value: "2", IsValueSecret: false }],
      BodyParameters: [{ Key: "extra", Value: "yes", IsValueSecret: false }],
    };
    const ApiKeyAuthParameters = { ApiKeyName: "x-api-key", ApiKeyValue: "k3y" };
    const arn = await connect({
      AuthorizationType: "API_KEY",
      AuthParameters: { ApiKeyAuthParameters, InvocationHttpParameters },
    });
    await route(
      await destination(arn, { InvocationEndpoint: `${site.url}/users/*/orders/*`, HttpMethod: "PUT" }),
      {
        InputPath: "$.detail",
        HttpParameters: {
          PathParameterValues: ["u 1", "o-1"],
          HeaderParameters: { "X-Who": "target", "X-More": "more" },
          QueryStringParameters: { a: "1", b: "1" },
        },
      },
    );
    await aws.put(order);
    await settled(1);
    expect(site.seen).toMatchObject([
      {
        method: "PUT",
        url: "/users/u%201/orders/o-1?a=1&b=2",
        headers: { "x-api-key": "k3y", "x-who": "connection", "x-more": "more" },
        body: '{"id":"o-1","total":12.5,"extra":"yes"}',
      },
    ]);
  });

  it("takes parameters out of the event, whatever its input is", async () => {
    const arn = await connect();
    await route(await destination(arn, { InvocationEndpoint: `${site.url}/orders/*/*` }), {
      Input: "{}",
      HttpParameters: {
        PathParameterValues: ["$.detail.id", "$"],
        HeaderParameters: { "X-Kind": "$.detail-type", "X-None": "$.detail.none" },
        QueryStringParameters: { total: "$.detail.total", price: "$5", tags: "$.resources" },
      },
    });
    await aws.put(order);
    await settled(1);
    expect(site.seen).toMatchObject([
      {
        url: "/orders/o-1/%24?total=12.5&price=%245&tags=%5B%5D",
        headers: { "x-kind": "Order Placed", "x-none": "" },
        body: "{}",
      },
    ]);
  });

  it("gets an OAuth token, which serves until it expires", async () => {
    let tokens = 0;
    site.answer((call, response) =>
      call.url === "/token" ? void token(response, `t${++tokens}`) : void response.end(),
    );
    await route(await destination(await connect(oauth())));
    await vi.waitFor(async () =>
      expect((await events.send(new DescribeConnectionCommand({ Name: "web" }))).ConnectionState).toBe(
        "AUTHORIZED",
      ),
    );
    await aws.put(order);
    await settled(1);
    await aws.put(order);
    await settled(2);
    await aws.clock.advance(60_000);
    await aws.put(order);
    await settled(3);
    const [asked] = site.seen;
    expect(asked).toMatchObject({
      method: "POST",
      headers: { authorization: `Basic ${Buffer.from("client:s3cret").toString("base64")}` },
      body: "grant_type=client_credentials&scope=events",
    });
    const used = site.seen.filter(({ url }) => url === "/hook").map(({ headers }) => headers.authorization);
    expect(used).toEqual(["Bearer t1", "Bearer t1", "Bearer t2"]);
  });

  it("is asked for a new token after a 401, at the next try", async () => {
    let tokens = 0;
    site.answer((call, response) => {
      if (call.url === "/token") token(response, `t${++tokens}`);
      else {
        response.statusCode = call.headers.authorization === "Bearer t1" ? 401 : 200;
        response.end();
      }
    });
    await route(await destination(await connect(oauth())));
    await vi.waitFor(() => expect(tokens).toBe(1));
    await aws.put(order);
    await settled(1);
    await aws.clock.advance(1000);
    await settled(2);
    expect(aws.local.deliveries().map(({ status }) => status)).toEqual(["retrying", "delivered"]);
  });

  it.each([
    [500, "retrying", "ERROR_FROM_TARGET"],
    [429, "retrying", "THROTTLING"],
    [409, "retrying", "ERROR_FROM_TARGET"],
    [400, "dropped", "ERROR_FROM_TARGET"],
    [404, "dropped", "ERROR_FROM_TARGET"],
    [302, "dropped", "ERROR_FROM_TARGET"],
  ])("that answers %i leaves the event %s", async (status, expected, errorCode) => {
    site.answer((_, response) => {
      response.statusCode = status;
      response.end("no");
    });
    await route(await destination(await connect()));
    await aws.put(order);
    await settled(1);
    expect(aws.local.deliveries()).toMatchObject([
      { status: expected, errorCode, reason: `The endpoint answered ${status}: no` },
    ]);
  });

  it("is not called again before the time that it asks for", async () => {
    site.answer((_, response) => void response.writeHead(503, { "retry-after": "120" }).end());
    await route(await destination(await connect()));
    await aws.put(order);
    await settled(1);
    await aws.clock.advance(119_999);
    expect(site.seen).toHaveLength(1);
    await aws.clock.advance(1);
    await vi.waitFor(() => expect(site.seen).toHaveLength(2));
  });

  it("has five seconds", async () => {
    site.answer(() => {});
    await route(await destination(await connect()));
    await aws.put(order);
    await vi.waitFor(() => expect(site.seen).toHaveLength(1));
    await aws.clock.advance(4999);
    expect(aws.local.deliveries()).toEqual([]);
    await aws.clock.advance(1);
    await settled(1);
    expect(aws.local.deliveries()).toMatchObject([{ status: "retrying", errorCode: "TIMEOUT" }]);
  });

  it("that is not there is a failed connection", async () => {
    const arn = await destination(await connect(), { InvocationEndpoint: "http://127.0.0.1:1/" });
    await route(arn);
    await aws.put(order);
    await settled(1);
    expect(aws.local.deliveries()).toMatchObject([{ status: "retrying", errorCode: "CONNECTION_FAILURE" }]);
  });

  it("is called no faster than it says, after a second's worth at once", async () => {
    await route(await destination(await connect(), { InvocationRateLimitPerSecond: 2 }));
    await aws.put(order, order, order);
    await settled(2);
    await aws.clock.advance(499);
    expect(site.seen).toHaveLength(2);
    await aws.clock.advance(1);
    await vi.waitFor(() => expect(site.seen).toHaveLength(3));
  });

  it("is described, listed, changed and deleted", async () => {
    const ConnectionArn = await connect();
    const arn = await destination(ConnectionArn, { Description: "first" });
    expect(arn).toMatch(/^arn:aws:events:us-east-1:000000000000:api-destination\/web\/[0-9a-f-]{36}$/);
    await events.send(new UpdateApiDestinationCommand({ Name: "web", HttpMethod: "PUT" }));
    const described = await events.send(new DescribeApiDestinationCommand({ Name: "web" }));
    expect(described).toMatchObject({
      ApiDestinationArn: arn,
      ApiDestinationState: "ACTIVE",
      ConnectionArn,
      Description: "first",
      HttpMethod: "PUT",
      InvocationRateLimitPerSecond: 300,
    });
    const { ApiDestinations } = await events.send(new ListApiDestinationsCommand({ ConnectionArn }));
    expect(ApiDestinations!.map(({ Name }) => Name)).toEqual(["web"]);
    await events.send(new DeleteApiDestinationCommand({ Name: "web" }));
    expect(await refusal(events.send(new DescribeApiDestinationCommand({ Name: "web" })))).toBe(
      "ResourceNotFoundException: Failed to describe the api-destination(s). An api-destination 'web' does not exist.",
    );
  });

  it("refuses what AWS refuses", async () => {
    const arn = await connect();
    expect(await refusal(destination(arn, { InvocationEndpoint: "http://example.com/" }))).toBe(
      "ValidationException: Parameter InvocationEndpoint is not valid. Reason: Endpoint 'http://example.com/' is not valid.",
    );
    expect(await refusal(destination(arn.replace("us-east-1", "us-west-2")))).toBe(
      `ValidationException: Invalid ARN: '${arn.replace("us-east-1", "us-west-2")}'.`,
    );
    const bad = { ConnectionArn: "invalid-connection-arn", HttpMethod: "INVALID_METHOD" as "POST" };
    expect(await refusal(destination(arn, bad))).toBe(
      String.raw`ValidationException: 2 validation errors detected: Value 'invalid-connection-arn' at 'connectionArn' failed to satisfy constraint: Member must satisfy regular expression pattern: ^arn:aws([a-z]|\-)*:events:([a-z]|\d|\-)*:([0-9]{12})?:connection\/[\.\-_A-Za-z0-9]+\/[\-A-Za-z0-9]+$; Value 'INVALID_METHOD' at 'httpMethod' failed to satisfy constraint: Member must satisfy enum value set: [HEAD, POST, PATCH, DELETE, PUT, GET, OPTIONS]`,
    );
  });
});

describe("a connection", () => {
  const describeConnection = () => events.send(new DescribeConnectionCommand({ Name: "web" }));

  it("shows everything but its secrets", async () => {
    const InvocationHttpParameters = {
      HeaderParameters: [
        { Key: "open", Value: "seen", IsValueSecret: false },
        { Key: "closed", Value: "h1dden", IsValueSecret: true },
      ],
    };
    await connect({ AuthParameters: { ...basic.AuthParameters, InvocationHttpParameters } });
    const described = await describeConnection();
    expect(described).toMatchObject({
      ConnectionArn: expect.stringMatching(/:connection\/web\/[0-9a-f-]{36}$/),
      ConnectionState: "AUTHORIZED",
      AuthorizationType: "BASIC",
      SecretArn: expect.stringMatching(/:secretsmanager:.*:secret:events!connection\/web\//),
      AuthParameters: {
        BasicAuthParameters: { Username: "user" },
        InvocationHttpParameters: {
          HeaderParameters: [
            { Key: "open", Value: "seen", IsValueSecret: false },
            { Key: "closed", IsValueSecret: true },
          ],
        },
      },
    });
    expect(JSON.stringify(described)).not.toMatch(/pass|h1dden/);
    const list = await events.send(new ListConnectionsCommand({ NamePrefix: "w" }));
    expect(list.Connections).toMatchObject([{ Name: "web", ConnectionState: "AUTHORIZED" }]);
  });

  it("keeps an OAuth secret to itself, and says why it is not authorized", async () => {
    site.answer((_, response) => void response.writeHead(403).end());
    await connect(oauth());
    await vi.waitFor(async () =>
      expect(await describeConnection()).toMatchObject({
        ConnectionState: "DEAUTHORIZED",
        StateReason: "the authorization endpoint answered 403",
      }),
    );
    const described = await describeConnection();
    expect(described.AuthParameters?.OAuthParameters).toMatchObject({
      ClientParameters: { ClientID: "client" },
      AuthorizationEndpoint: `${site.url}/token`,
      HttpMethod: "POST",
    });
    expect(JSON.stringify(described)).not.toContain("s3cret");
    expect(aws.log.join()).not.toContain("s3cret");
  });

  it("is changed in part, deauthorized, and deleted", async () => {
    await route(await destination(await connect()));
    const AuthParameters = { BasicAuthParameters: { Password: "other" } };
    await events.send(new UpdateConnectionCommand({ Name: "web", AuthParameters }));
    await aws.put(order);
    await settled(1);
    expect(site.seen[0]!.headers.authorization).toBe(`Basic ${Buffer.from("user:other").toString("base64")}`);
    expect(await events.send(new DeauthorizeConnectionCommand({ Name: "web" }))).toMatchObject({
      ConnectionState: "DEAUTHORIZED",
    });
    await aws.put(order);
    await settled(2);
    expect(aws.local.deliveries().at(-1)).toMatchObject({ status: "dropped", errorCode: "NO_PERMISSIONS" });
    expect(await events.send(new DeleteConnectionCommand({ Name: "web" }))).toMatchObject({
      ConnectionState: "DELETING",
    });
    expect(await refusal(describeConnection())).toBe(
      "ResourceNotFoundException: Failed to describe the connection(s). Connection 'web' does not exist.",
    );
  });

  it("refuses what AWS refuses, without repeating a secret", async () => {
    const key = { ApiKeyAuthParameters: { ApiKeyName: "k", ApiKeyValue: "v" } };
    expect(await refusal(connect({ AuthParameters: key }))).toBe(
      "ValidationException: Parameter BasicAuthParameters is not valid. Reason: Missing required field(s).",
    );
    expect(await refusal(connect(oauth({ AuthorizationEndpoint: "http://example.com/" })))).toBe(
      "ValidationException: Parameter AuthorizationEndpoint is not valid.",
    );
    expect(await refusal(connect({ AuthorizationType: "INVALID_AUTH_TYPE" as "BASIC" }))).toBe(
      "ValidationException: 1 validation error detected: Value 'INVALID_AUTH_TYPE' at 'authorizationType' failed to satisfy constraint: Member must satisfy enum value set: [BASIC, OAUTH_CLIENT_CREDENTIALS, API_KEY]",
    );
    const long = { BasicAuthParameters: { Username: "u", Password: "p".repeat(513) } };
    const text = await refusal(connect({ AuthParameters: long }));
    expect(text).toContain("Member must have length less than or equal to 512");
    expect(text).not.toContain("ppp");
  });
});
