import { join } from "node:path";
import { isFile } from "../../shell/files.ts";
import type { World } from "../../shell/world.ts";
import type { GlobalOptions } from "../flags.ts";

/** Something that decides where calls go, and where it comes from. Never a secret: of a key only that it is there. */
export interface Setting {
  readonly name: string;
  readonly value: string;
  readonly from: string;
}

const endpoints = [
  "AWS_ENDPOINT_URL",
  "AWS_ENDPOINT_URL_EVENTBRIDGE",
  "AWS_ENDPOINT_URL_SQS",
  "AWS_ENDPOINT_URL_SCHEMAS",
];

/** What flags, environment and files say, in the order in which it counts. */
export async function findSettings(world: World, global: GlobalOptions): Promise<Setting[]> {
  const { env } = world;
  return [
    ...firstOf("profile", [
      ["--profile", global.profile],
      ["AWS_PROFILE", env.AWS_PROFILE],
    ]),
    ...firstOf("region", [
      ["--region", global.region],
      ["AWS_REGION", env.AWS_REGION],
      ["AWS_DEFAULT_REGION", env.AWS_DEFAULT_REGION],
    ]),
    ...(global.local
      ? firstOf("endpoint", [
          ["--local, EVB_LOCAL_URL", env.EVB_LOCAL_URL],
          ["--local", "http://127.0.0.1:4010"],
        ])
      : global.endpointUrl !== undefined
        ? [{ name: "endpoint", value: withoutSecrets(global.endpointUrl), from: "--endpoint-url" }]
        : endpoints.flatMap((name) => firstOf("endpoint", [[name, env[name]]]))),
    ...keySetting(env),
    ...(await fileSettings(world)),
  ];
}

function firstOf(name: string, sources: readonly (readonly [string, string | undefined])[]): Setting[] {
  const found = sources.find(([, value]) => value);
  return found === undefined ? [] : [{ name, value: withoutSecrets(found[1]!), from: found[0] }];
}

/** A URL may hold a password. */
function withoutSecrets(text: string): string {
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  if (url.username === "" && url.password === "") return text;
  url.username = "";
  url.password = "";
  return url.href;
}

const keySetting = (env: World["env"]): Setting[] =>
  env.AWS_ACCESS_KEY_ID && env.AWS_SECRET_ACCESS_KEY
    ? [
        {
          name: "keys",
          value: env.AWS_SESSION_TOKEN ? "temporary keys" : "long-lived keys",
          from: "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY",
        },
      ]
    : [];

async function fileSettings(world: World): Promise<Setting[]> {
  const { env, home } = world;
  const files = [
    ["AWS_CONFIG_FILE", env.AWS_CONFIG_FILE ?? join(home, ".aws/config")],
    ["AWS_SHARED_CREDENTIALS_FILE", env.AWS_SHARED_CREDENTIALS_FILE ?? join(home, ".aws/credentials")],
  ] as const;
  return Promise.all(
    files.map(async ([name, path]) => ({
      name: "file",
      value: `${path}${(await isFile(world, path)) ? "" : " (not there)"}`,
      from: env[name] ? name : "by default",
    })),
  );
}
