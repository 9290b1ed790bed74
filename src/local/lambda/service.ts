import type { Service, Site } from "../ports.ts";
import type { StandIns } from "../stand-ins.ts";
import { invoke } from "./actions/invoke.ts";

/** What every operation works with. */
export interface Context {
  readonly site: Site;
  readonly standIns: StandIns;
}

/** AWS Lambda, as far as events are handed to functions, for which handlers stand. REST JSON. */
export function openLambdaService(site: Site, standIns: StandIns): Service {
  const context: Context = { site, standIns };
  return {
    target: "Lambda",
    contentType: "application/json",
    errorPrefix: () => "",
    actions: new Map([[invoke.name, (input) => invoke.run(context, input)]]),
    rest: [
      {
        operation: invoke.name,
        method: "POST",
        path: "/2015-03-31/functions/{FunctionName}/invocations",
        status: 200,
        headers: { "x-amz-invocation-type": "InvocationType" },
        payload: "Payload",
      },
    ],
    reset() {},
  };
}
