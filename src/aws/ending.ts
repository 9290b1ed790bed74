import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";

/** Of each client what is the same in all. */
export interface AnyClient {
  readonly middlewareStack: object;
  destroy(): void;
}

/**
 * Makes `destroy` the end of all calls. Without this the SDK takes the connections that it has just closed for a fault of
 * the network and tries again, which keeps a process alive that has nothing more to do.
 */
export function endWithDestroy(client: AnyClient): void {
  let isDestroyed = false;
  const destroy = client.destroy.bind(client);
  client.destroy = () => {
    isDestroyed = true;
    destroy();
  };
  const stack = client.middlewareStack as EventBridgeClient["middlewareStack"];
  stack.add(
    (next) => (args) => {
      if (isDestroyed) throw new Error("the client has been closed");
      return next(args);
    },
    // Inside the retry middleware, so that every try is asked.
    { step: "deserialize", name: "evbEnd", priority: "high" },
  );
}
