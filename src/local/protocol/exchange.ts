import type { ServiceFault } from "../fault.ts";
import type { Action, Service } from "../ports.ts";
import type { Reply } from "../reply.ts";

/** A request that has been understood: what to do, with what, and how to say what came of it. */
export interface Exchange {
  readonly service: Service;
  /** `SendMessage` */
  readonly operation: string;
  readonly action: Action;
  readonly input: object;
  renderOutput(output: object | undefined): Reply;
  renderFault(fault: ServiceFault): Reply;
}
