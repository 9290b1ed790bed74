import type { StartExecutionInput, StartExecutionOutput } from "@aws-sdk/client-sfn";
import { parseArn, renderArn } from "../../../core/arn.ts";
import { ServiceFault } from "../../fault.ts";
import { uuidFrom } from "../../ids.ts";
import type { Wire } from "../../wire.ts";
import type { Context, Execution } from "../service.ts";

/** A name is taken for so long after the execution has ended. Source: API reference, StartExecution. */
const takenMs = 90 * 86_400_000;
const inputBytes = 256 * 1024;

/**
 * Standard: the same name with the same input is answered as before while the execution is open; any other use of a
 * name that is taken is refused. Express: every call starts one. Source: API reference, StartExecution.
 */
export const startExecution = {
  name: "StartExecution",
  run({ site, standIns, express, executions }, { stateMachineArn, name, input = "{}" }) {
    const arn = parseArn(stateMachineArn!);
    if (arn?.service !== "states" || !arn.resource.startsWith("stateMachine:"))
      throw new ServiceFault("InvalidArn", `Invalid Arn: '${stateMachineArn}'`);
    if (!standIns.has(stateMachineArn!))
      throw new ServiceFault(
        "StateMachineDoesNotExist",
        `State Machine Does Not Exist: '${stateMachineArn}': the emulator has no handler for it.`,
      );
    const given = name ?? uuidFrom(site.random);
    if (!/^[\w\-.+!@()='\u0080-\uffff]{1,80}$/.test(given))
      throw new ServiceFault("InvalidName", `Invalid Name: '${given}'`);
    demandInput(input);
    const machine = arn.resource.slice("stateMachine:".length).split(":")[0]!;
    const now = site.clock.now();
    const begin = (executionArn: string): Wire<StartExecutionOutput> => {
      const execution: Execution = { input, startedAt: now, isOpen: true };
      executions.set(executionArn, execution);
      const request = { stateMachineArn, name: given, input };
      void standIns.start({ targetArn: stateMachineArn!, body: input, request }).finally(() => {
        execution.isOpen = false;
      });
      return { executionArn, startDate: now / 1000 };
    };
    if (express.has(stateMachineArn!))
      return begin(renderArn(arn, "states", `express:${machine}:${given}:${uuidFrom(site.random)}`));
    const executionArn = renderArn(arn, "states", `execution:${machine}:${given}`);
    const before = executions.get(executionArn);
    if (before === undefined || now - before.startedAt > takenMs) return begin(executionArn);
    if (before.isOpen && before.input === input) return { executionArn, startDate: before.startedAt / 1000 };
    throw new ServiceFault("ExecutionAlreadyExists", `Execution Already Exists: '${executionArn}'`);
  },
} satisfies {
  name: string;
  run(context: Context, input: Wire<StartExecutionInput>): Wire<StartExecutionOutput>;
};

function demandInput(input: string): void {
  try {
    JSON.parse(input);
  } catch {
    throw new ServiceFault("InvalidExecutionInput", "Invalid State Machine Execution Input: it is no JSON.");
  }
  if (Buffer.byteLength(input) > inputBytes)
    throw new ServiceFault(
      "ValidationException",
      `1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have length less than or equal to ${inputBytes}`,
    );
}
