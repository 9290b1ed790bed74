import type {
  ConnectionAuthResponseParameters,
  ConnectionHttpParameters,
  CreateConnectionAuthRequestParameters,
} from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";

/** What DescribeConnection shows of the authorization: never a password, key, client secret, or secret parameter. */
export function withoutSecrets({
  BasicAuthParameters: basic,
  ApiKeyAuthParameters: key,
  OAuthParameters: oauth,
  InvocationHttpParameters: http,
}: Wire<CreateConnectionAuthRequestParameters>): Wire<ConnectionAuthResponseParameters> {
  return {
    BasicAuthParameters: basic && { Username: basic.Username },
    ApiKeyAuthParameters: key && { ApiKeyName: key.ApiKeyName },
    OAuthParameters: oauth && {
      ClientParameters: { ClientID: oauth.ClientParameters?.ClientID },
      AuthorizationEndpoint: oauth.AuthorizationEndpoint,
      HttpMethod: oauth.HttpMethod,
      OAuthHttpParameters: openParameters(oauth.OAuthHttpParameters),
    },
    InvocationHttpParameters: openParameters(http),
  };
}

function openParameters(http: Wire<ConnectionHttpParameters> | undefined) {
  return (
    http && {
      HeaderParameters: http.HeaderParameters?.map(withoutValue),
      QueryStringParameters: http.QueryStringParameters?.map(withoutValue),
      BodyParameters: http.BodyParameters?.map(withoutValue),
    }
  );
}

const withoutValue = <P extends { Value?: string | undefined; IsValueSecret?: boolean | undefined }>(
  parameter: P,
): P => (parameter.IsValueSecret ? { ...parameter, Value: undefined } : parameter);
