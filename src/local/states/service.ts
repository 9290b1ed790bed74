import type { Service, Site } from "../ports.ts";
import type { StandIns } from "../stand-ins.ts";
import { startExecution } from "./actions/start-execution.ts";

export interface StatesOptions {
  /** ARNs of state machines of the express kind, which know no execution again by its name. */
  readonly express?: readonly string[] | undefined;
}

/** What every operation works with. */
export interface Context {
  readonly site: Site;
  readonly standIns: StandIns;
  readonly express: ReadonlySet<string>;
  /** By ARN. An execution is open for as long as its handler runs. */
  readonly executions: Map<string, Execution>;
}

export interface Execution {
  readonly input: string;
  readonly startedAt: number;
  isOpen: boolean;
}

/** AWS Step Functions, as far as executions are started; handlers stand for state machines. AWS JSON 1.0. */
export function openStatesService(
  site: Site,
  standIns: StandIns,
  { express = [] }: StatesOptions = {},
): Service {
  const context: Context = { site, standIns, express: new Set(express), executions: new Map() };
  return {
    target: "AWSStepFunctions",
    contentType: "application/x-amz-json-1.0",
    errorPrefix: () => "com.amazonaws.swf.service.v2.model#",
    actions: new Map([[startExecution.name, (input) => startExecution.run(context, input)]]),
    reset: () => context.executions.clear(),
  };
}
