import { destinationLimits as limits } from "../../../core/limits.ts";
import { flag, integer, list, required, structure, text } from "./shape.ts";
import { namedUpTo } from "./shapes.ts";

/** Shapes of connections and API destinations. Orders of enumerations as AWS was recorded to print them. */

const header = text({
  min: 1,
  max: limits.parameterChars,
  pattern: String.raw`^[ \t]*[^\x00-\x1F:\x7F]+([ \t]+[^\x00-\x1F:\x7F]+)*[ \t]*$`,
});
const secret = { ...header, secret: true };

const parameters = (name: string, key: ReturnType<typeof text>) =>
  list(
    structure(name, {
      Key: key,
      Value: text({ max: limits.parameterChars, secret: true }),
      IsValueSecret: flag(),
    }),
    { max: limits.parameters },
  );

const httpParameters = structure("ConnectionHttpParameters", {
  HeaderParameters: parameters(
    "ConnectionHeaderParameter",
    text({ max: limits.parameterChars, pattern: "^[!#$%&'*+-.^_`|~0-9a-zA-Z]+$" }),
  ),
  QueryStringParameters: parameters(
    "ConnectionQueryStringParameter",
    text({ max: limits.parameterChars, pattern: String.raw`[^\x00-\x1F\x7F]+` }),
  ),
  BodyParameters: parameters("ConnectionBodyParameter", text()),
});

export const endpoint = text({
  min: 1,
  max: limits.endpointChars,
  pattern: String.raw`^((%[0-9A-Fa-f]{2}|[-()_.!~*';/?:@\x26=+$,A-Za-z0-9])+)([).!';/?:,])?$`,
});

export const authorizationType = text({ values: ["BASIC", "OAUTH_CLIENT_CREDENTIALS", "API_KEY"] });

/** `need` marks what only creation demands. */
const authShape = (need: typeof required) =>
  structure("AuthParameters", {
    BasicAuthParameters: structure("BasicAuthParameters", { Username: need(header), Password: need(secret) }),
    OAuthParameters: structure("OAuthParameters", {
      ClientParameters: need(
        structure("ClientParameters", { ClientID: need(header), ClientSecret: need(secret) }),
      ),
      AuthorizationEndpoint: need(endpoint),
      HttpMethod: need(text({ values: ["GET", "POST", "PUT"] })),
      OAuthHttpParameters: httpParameters,
    }),
    ApiKeyAuthParameters: structure("ApiKeyAuthParameters", {
      ApiKeyName: need(header),
      ApiKeyValue: need(secret),
    }),
    InvocationHttpParameters: httpParameters,
  });

export const authParameters = authShape(required);
export const changedAuthParameters = authShape((shape) => shape);

export const connectionArn = text({
  min: 1,
  max: 1600,
  pattern: String.raw`^arn:aws([a-z]|\-)*:events:([a-z]|\d|\-)*:([0-9]{12})?:connection\/[\.\-_A-Za-z0-9]+\/[\-A-Za-z0-9]+$`,
});
export const connectionState = text({
  values: [
    "CREATING",
    "UPDATING",
    "DELETING",
    "AUTHORIZED",
    "DEAUTHORIZED",
    "AUTHORIZING",
    "DEAUTHORIZING",
    "ACTIVE",
    "FAILED_CONNECTIVITY",
  ],
});
export const connectionName = namedUpTo(limits.nameChars);
export const httpMethod = text({ values: ["HEAD", "POST", "PATCH", "DELETE", "PUT", "GET", "OPTIONS"] });
export const callsPerSecond = integer({ min: 1 });
