import { endpointLimits as limits } from "../../../core/limits.ts";
import { list, required, structure, text } from "./shape.ts";
import { namedUpTo } from "./shapes.ts";

/** Shapes of global endpoints. */

export const endpointName = namedUpTo(limits.nameChars);
export const homeRegion = text({ min: 9, max: 20, pattern: String.raw`^[\-a-z0-9]+$` });
export const endpointPage = { min: 1, max: 100 } as const;

export const routing = structure("RoutingConfig", {
  FailoverConfig: required(
    structure("FailoverConfig", {
      Primary: required(
        structure("Primary", {
          HealthCheck: required(
            text({ min: 1, max: 1600, pattern: String.raw`^arn:aws([a-z]|\-)*:route53:::healthcheck/.+$` }),
          ),
        }),
      ),
      Secondary: required(structure("Secondary", { Route: required(homeRegion) })),
    }),
  ),
});
export const replication = structure("ReplicationConfig", {
  State: text({ values: ["ENABLED", "DISABLED"] }),
});
export const endpointBuses = list(
  structure("EndpointEventBus", {
    EventBusArn: required(
      text({
        min: 1,
        max: 512,
        pattern: String.raw`^arn:aws[a-z-]*:events:[a-z]{2}-[a-z-]+-\d+:\d{12}:event-bus/[\w.-]+$`,
      }),
    ),
  }),
  { min: limits.buses, max: limits.buses },
);
export const endpointRole = text({
  min: 1,
  max: 256,
  pattern: String.raw`^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$`,
});
