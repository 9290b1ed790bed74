import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { SQSClient } from "@aws-sdk/client-sqs";
import type { ClientSettings } from "../clients.ts";
import { type Dialect, LeanClient } from "./client.ts";

type Client = SQSClient | EventBridgeClient;

const opened = new WeakMap<Client, LeanClient>();

/** The lean side of a client; undefined before the client's own first call has shown where calls go. */
export const leanOf = (client: Client): LeanClient | undefined => opened.get(client);

interface Signed {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Watches where the SDK sends the first call of a client, and for which region it signs it: endpoint rules,
 * configuration files and FIPS included. From then on the lean client sends to the same place.
 */
export function openLean(client: Client, dialect: Dialect, settings: ClientSettings): void {
  if (settings.lean === false) return;
  const stack = client.middlewareStack as EventBridgeClient["middlewareStack"];
  stack.add(
    (next) => async (args) => {
      if (!opened.has(client)) {
        const { protocol, hostname, port, path, headers } = args.request as Signed;
        const signed = /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\/aws4_request/.exec(
          headers.authorization ?? "",
        );
        if (signed !== null && /^https?:$/.test(protocol))
          opened.set(
            client,
            new LeanClient(
              client,
              dialect,
              settings,
              { protocol, hostname, port, path },
              { region: signed[1]!, service: signed[2]! },
            ),
          );
      }
      return await next(args);
    },
    // Behind the signature.
    { step: "finalizeRequest", name: "evbPlace", priority: "low" },
  );
  const destroy = client.destroy.bind(client);
  client.destroy = () => {
    opened.get(client)?.close();
    destroy();
  };
}
