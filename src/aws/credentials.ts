import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { SQSClient } from "@aws-sdk/client-sqs";

type Provider = (how: { readonly forceRefresh: boolean }) => Promise<unknown>;

/**
 * Looks a client's credentials up anew, files and sign-ins included; what the SDK remembers it otherwise keeps until an
 * expiry that a file of keys does not tell. Never rejects: where none are found, the next call says so.
 */
export async function renewCredentials(client: EventBridgeClient | SQSClient): Promise<void> {
  await (client.config.credentials as Provider)({ forceRefresh: true }).catch(() => {});
}

/** The credentials have expired, or the sign-in that they come from has. */
export const isExpired = (error: unknown): boolean =>
  error instanceof Error &&
  /^(ExpiredToken|ExpiredTokenException|TokenRefreshRequired|CredentialsProviderError|TokenProviderError)$/.test(
    error.name,
  );
