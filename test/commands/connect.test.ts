import { describe, expect, it } from "vitest";
import { connect, isLoopback, settingsOf } from "../../src/commands/connect.ts";
import { makeWorld } from "../world.ts";

const services = ["events", "sqs", "schemas", "sns", "lambda", "states", "kinesis"];
const everywhere = (url: string | undefined) => Object.fromEntries(services.map((service) => [service, url]));

const env = (vars: Record<string, string>) => ({ env: vars });

describe("where the calls go", () => {
  it("is AWS, by the SDK's own finding, when nothing is said", () => {
    expect(settingsOf(env({}), {})).toEqual({
      local: false,
      endpoints: everywhere(undefined),
      shared: { region: undefined, profile: undefined },
    });
  });

  it("takes the region from the flag, AWS_REGION, then AWS_DEFAULT_REGION", () => {
    const both = env({ AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "eu-west-2" });
    expect(settingsOf(both, { region: "eu-west-3" }).shared.region).toBe("eu-west-3");
    expect(settingsOf(both, {}).shared.region).toBe("eu-west-1");
    expect(settingsOf(env({ AWS_DEFAULT_REGION: "eu-west-2" }), {}).shared.region).toBe("eu-west-2");
  });

  it("--local goes to the emulator whatever the environment says", () => {
    const hostile = env({
      AWS_ENDPOINT_URL: "https://events.us-east-1.amazonaws.com",
      AWS_ENDPOINT_URL_SQS: "https://sqs.us-east-1.amazonaws.com",
      AWS_ENDPOINT_URL_SCHEMAS: "https://schemas.us-east-1.amazonaws.com",
      AWS_PROFILE: "production",
      AWS_ACCESS_KEY_ID: "real",
      AWS_SECRET_ACCESS_KEY: "real",
    });
    expect(settingsOf(hostile, { local: true })).toEqual({
      local: true,
      endpoints: everywhere("http://127.0.0.1:4010"),
      shared: { region: "us-east-1", credentials: { accessKeyId: "local", secretAccessKey: "local" } },
    });
  });

  it("--local takes no address that is not on this machine", () => {
    expect(() =>
      settingsOf(env({ EVB_LOCAL_URL: "https://sqs.us-east-1.amazonaws.com" }), { local: true }),
    ).toThrow("not on this machine");
    expect(() => settingsOf(env({}), { local: true, endpointUrl: "http://127.0.0.1:1" })).toThrow(
      "--endpoint-url",
    );
    expect(() => settingsOf(env({}), { local: true, profile: "production" })).toThrow("--profile");
  });

  it("prefers a service's own endpoint variable to the common one", () => {
    const vars = {
      AWS_ENDPOINT_URL: "http://127.0.0.1:1",
      AWS_ENDPOINT_URL_SQS: "http://127.0.0.1:2/",
      AWS_ENDPOINT_URL_SCHEMAS: "http://127.0.0.1:4",
    };
    expect(settingsOf(env(vars), {}).endpoints).toEqual({
      ...everywhere("http://127.0.0.1:1"),
      events: "http://127.0.0.1:1",
      sqs: "http://127.0.0.1:2",
      schemas: "http://127.0.0.1:4",
    });
    expect(settingsOf(env(vars), { endpointUrl: "http://127.0.0.1:3" }).endpoints.sqs).toBe(
      "http://127.0.0.1:3",
    );
  });

  it("refuses to send one service to this machine and the other to AWS", () => {
    for (const service of ["EVENTBRIDGE", "SQS", "SCHEMAS", "SNS", "LAMBDA", "SFN", "KINESIS"])
      expect(() => settingsOf(env({ [`AWS_ENDPOINT_URL_${service}`]: "http://127.0.0.1:1" }), {})).toThrow(
        "calls would reach AWS",
      );
  });

  it("refuses any further service on AWS beside local services, when it is asked for", () => {
    const vars = {
      AWS_ENDPOINT_URL_EVENTBRIDGE: "http://127.0.0.1:1",
      AWS_ENDPOINT_URL_SQS: "http://127.0.0.1:1",
    };
    for (const elsewhere of [{}, { AWS_ENDPOINT_URL_SCHEMAS: "https://schemas.us-east-1.amazonaws.com" }]) {
      using connection = connect(makeWorld([], { env: { ...vars, ...elsewhere } }), {});
      for (const open of ["schemas", "sns", "lambda", "states", "kinesis"] as const)
        expect(() => connection[open](), open).toThrow("calls would reach AWS");
    }
  });

  it("takes each further service's own endpoint variable", () => {
    const vars = {
      AWS_ENDPOINT_URL: "http://127.0.0.1:1",
      AWS_ENDPOINT_URL_SNS: "http://127.0.0.1:2",
      AWS_ENDPOINT_URL_LAMBDA: "http://127.0.0.1:3",
      AWS_ENDPOINT_URL_SFN: "http://127.0.0.1:4",
      AWS_ENDPOINT_URL_KINESIS: "http://127.0.0.1:5",
    };
    expect(settingsOf(env(vars), {}).endpoints).toEqual({
      ...everywhere("http://127.0.0.1:1"),
      sns: "http://127.0.0.1:2",
      lambda: "http://127.0.0.1:3",
      states: "http://127.0.0.1:4",
      kinesis: "http://127.0.0.1:5",
    });
  });

  it("looks up no credentials for a local endpoint but takes those of the environment", () => {
    const url = { AWS_ENDPOINT_URL: "http://localhost:4566" };
    expect(settingsOf(env(url), {}).shared.credentials).toEqual({
      accessKeyId: "local",
      secretAccessKey: "local",
    });
    const given = { ...url, AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b", AWS_SESSION_TOKEN: "c" };
    expect(settingsOf(env(given), {}).shared.credentials).toEqual({
      accessKeyId: "a",
      secretAccessKey: "b",
      sessionToken: "c",
    });
  });

  it("names the flag or variable whose URL is none", () => {
    expect(() => settingsOf(env({ AWS_ENDPOINT_URL: "localhost:4010" }), {})).toThrow(
      "AWS_ENDPOINT_URL is no http or https URL",
    );
    expect(() => settingsOf(env({}), { endpointUrl: "nonsense" })).toThrow(
      "--endpoint-url is no http or https URL",
    );
  });

  it.each([
    ["http://127.0.0.1:1", true],
    ["http://127.9.9.9", true],
    ["http://[::1]:80", true],
    ["http://localhost", true],
    ["http://sqs.localhost:4566", true],
    ["http://127.0.0.1.example.com", false],
    ["http://10.0.0.1", false],
    ["https://sqs.us-east-1.amazonaws.com", false],
  ])("%s is on this machine: %s", (url, expected) => expect(isLoopback(url)).toBe(expected));
});
