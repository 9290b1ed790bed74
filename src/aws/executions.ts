import { SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { type ClientSettings, configOf, watched } from "./clients.ts";
import { answered } from "./patience.ts";
import { type Accepted, watchDoubt } from "./results.ts";

export const openStates = (settings: ClientSettings): SFNClient =>
  watched(new SFNClient(configOf(settings)), settings);

/**
 * Starts an execution of that name. One that has been started before is as good as started now; `knows` says whether
 * the machine has such a memory: those of the express kind start another one each time.
 */
export async function startExecution(
  states: SFNClient,
  machineArn: string,
  name: string,
  input: string,
): Promise<Accepted & { readonly knows: boolean }> {
  const command = new StartExecutionCommand({ stateMachineArn: machineArn, name, input });
  const doubt = watchDoubt(command.middlewareStack);
  try {
    const { executionArn = "" } = await answered((how) => states.send(command, how));
    return { id: executionArn, inDoubt: doubt(), knows: !executionArn.includes(":express:") };
  } catch (error) {
    if ((error as Error).name !== "ExecutionAlreadyExists") throw error;
    return { id: name, inDoubt: false, knows: true };
  }
}
