import { ServiceFault } from "./fault.ts";

/**
 * What is answered where something was thrown that is no refusal. A request may be nested more deeply than the stack
 * is: that is its fault and not ours.
 */
export function faultOf(error: unknown, log: (line: string) => void): ServiceFault {
  if (error instanceof ServiceFault) return error;
  if (error instanceof RangeError && /call stack/.test(error.message))
    return new ServiceFault("SerializationException", "The body of the request is nested too deeply.");
  log(renderBug(error));
  return new ServiceFault("InternalFailure", "The emulator has failed.", 500);
}

export const renderBug = (error: unknown): string => `bug: ${error instanceof Error ? error.stack : error}`;
