import type { Clock } from "../core/clock.ts";
import { ServiceFault } from "./fault.ts";
import { failEntries } from "./fault-entries.ts";
import type { FaultKind } from "./faults.ts";
import type { Exchange } from "./protocol/exchange.ts";
import type { Reply } from "./reply.ts";

/** How a call ends: answered, never, or with the connection reset. */
export type Ending = Reply | "silence" | "reset";

/** Does an operation's work, on the whole input or on another one. */
export type Act = (input: object) => Promise<object | undefined>;

/** A call that something goes wrong with. Throws what `act` throws. */
export async function endWithFault(
  fault: FaultKind,
  exchange: Exchange,
  clock: Clock,
  act: Act,
): Promise<Ending> {
  switch (fault.kind) {
    case "hang":
      return "silence";
    case "reset":
      return "reset";
    case "throttle":
      throw throttled(exchange);
    case "error":
      throw new ServiceFault(
        fault.code ?? "InternalFailure",
        fault.message ?? "An error made on purpose.",
        fault.status ?? 500,
      );
    case "late":
      try {
        return exchange.renderOutput(await act(exchange.input));
      } finally {
        await new Promise<void>((resolve) => clock.after(fault.ms, resolve));
      }
    case "lose-answer":
      await act(exchange.input);
      return "reset";
    case "fail-entries":
      return exchange.renderOutput(await failEntries(fault, exchange, act));
  }
}

/** SQS has its own word for it. Service models. */
const throttled = ({ service }: Exchange): ServiceFault =>
  service.target === "AmazonSQS"
    ? new ServiceFault("RequestThrottled", "Rate exceeded", 403, "RequestThrottled")
    : new ServiceFault("ThrottlingException", "Rate exceeded");
