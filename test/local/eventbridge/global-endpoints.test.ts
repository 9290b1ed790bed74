import {
  CreateEndpointCommand,
  DeleteEndpointCommand,
  DescribeEndpointCommand,
  ListEndpointsCommand,
  PutEventsCommand,
  UpdateEndpointCommand,
} from "@aws-sdk/client-eventbridge";
import "@aws-sdk/signature-v4a";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Emulator, openEmulator, order, refusal } from "./emulator.ts";

let aws: Emulator;
beforeEach(async () => {
  aws = await openEmulator();
});
afterEach(() => aws[Symbol.asyncDispose]());

const busIn = (region: string, name = "default") => ({
  EventBusArn: `arn:aws:events:${region}:000000000000:event-bus/${name}`,
});
const RoutingConfig = {
  FailoverConfig: {
    Primary: { HealthCheck: "arn:aws:route53:::healthcheck/abc" },
    Secondary: { Route: "us-west-2" },
  },
};
const create = (more = {}) =>
  aws.events.send(
    new CreateEndpointCommand({
      Name: "e",
      RoutingConfig,
      EventBuses: [busIn("us-east-1"), busIn("us-west-2")],
      ...more,
    }),
  );

describe("global endpoints", () => {
  it("are created, described, listed, updated and deleted", async () => {
    expect(await create({ ReplicationConfig: { State: "DISABLED" } })).toMatchObject({
      Name: "e",
      Arn: "arn:aws:events:us-east-1:000000000000:endpoint/e",
      State: "CREATING",
    });
    const described = await aws.events.send(new DescribeEndpointCommand({ Name: "e" }));
    expect(described).toMatchObject({
      State: "ACTIVE",
      RoutingConfig,
      ReplicationConfig: { State: "DISABLED" },
    });
    expect(described.EndpointUrl).toBe(`https://${described.EndpointId}.endpoint.events.amazonaws.com`);
    await aws.events.send(new UpdateEndpointCommand({ Name: "e", Description: "both coasts" }));
    const { Endpoints } = await aws.events.send(new ListEndpointsCommand({ NamePrefix: "e" }));
    expect(Endpoints).toMatchObject([{ Name: "e", Description: "both coasts", RoutingConfig }]);
    await aws.events.send(new DeleteEndpointCommand({ Name: "e" }));
    expect(await refusal(aws.events.send(new DescribeEndpointCommand({ Name: "e" })))).toBe(
      "ResourceNotFoundException: Endpoint 'e' does not exist.",
    );
  });

  it("take events, signed for every region, into the bus that they name", async () => {
    await create();
    const { EndpointId } = await aws.events.send(new DescribeEndpointCommand({ Name: "e" }));
    const { url, arn } = await aws.queue("q");
    await aws.rule("r", { source: ["shop"] }, [{ Arn: arn }]);
    const answer = await aws.events.send(new PutEventsCommand({ Entries: [order], EndpointId }));
    expect(answer.FailedEntryCount).toBe(0);
    expect(await aws.bodies(url)).toMatchObject([{ source: "shop" }]);
    expect(
      await refusal(aws.events.send(new PutEventsCommand({ Entries: [order], EndpointId: "no.such" }))),
    ).toBe("ResourceNotFoundException: Endpoint no.such does not exist.");
  });

  it.each([
    [{ EventBuses: [busIn("us-east-1")] }, "ValidationException"],
    [{ EventBuses: [busIn("us-east-1"), busIn("us-west-2", "other")] }, "must have the same name"],
    [{ EventBuses: [busIn("us-east-1"), busIn("eu-west-1")] }, "in its secondary region us-west-2"],
    [{ EventBuses: [busIn("us-east-1", "x"), busIn("us-west-2", "x")] }, "ResourceNotFoundException"],
    [{ RoutingConfig: undefined }, "ValidationException"],
  ])("refuse %j", async (more, words) => {
    expect(await refusal(create(more))).toContain(words);
  });
});
