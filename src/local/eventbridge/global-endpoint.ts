import type { EndpointEventBus, RoutingConfig } from "@aws-sdk/client-eventbridge";
import type { Wire } from "../wire.ts";

/** A global endpoint. The emulator has one region, so what it routes stays there. */
export interface GlobalEndpoint {
  readonly name: string;
  readonly arn: string;
  /** What PutEvents names: `abcde.veo`. */
  readonly id: string;
  description: string | undefined;
  routing: Wire<RoutingConfig>;
  replication: "ENABLED" | "DISABLED";
  buses: readonly Wire<EndpointEventBus>[];
  roleArn: string | undefined;
  readonly createdAt: number;
  modifiedAt: number;
}
