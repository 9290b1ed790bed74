import type {
  CreateConnectionAuthRequestParameters,
  UpdateConnectionAuthRequestParameters,
} from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";

type Auth = Wire<CreateConnectionAuthRequestParameters>;

/** The parameters of a connection with those of an update in them: field by field, lists as a whole. */
export function mergeAuth(old: Auth, update: Wire<UpdateConnectionAuthRequestParameters>): Auth {
  const oauth = update.OAuthParameters;
  return {
    ...old,
    ...update,
    ...(update.BasicAuthParameters && {
      BasicAuthParameters: { ...old.BasicAuthParameters, ...update.BasicAuthParameters },
    }),
    ...(update.ApiKeyAuthParameters && {
      ApiKeyAuthParameters: { ...old.ApiKeyAuthParameters, ...update.ApiKeyAuthParameters },
    }),
    ...(oauth && {
      OAuthParameters: {
        ...old.OAuthParameters,
        ...oauth,
        ClientParameters: { ...old.OAuthParameters?.ClientParameters, ...oauth.ClientParameters },
      },
    }),
  } as Auth;
}
