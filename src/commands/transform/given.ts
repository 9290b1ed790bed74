import { EvbError } from "../../core/errors.ts";
import { openInput, parseJson, readValue } from "../../shell/input.ts";
import type { World } from "../../shell/world.ts";
import type { TransformOptions } from "./command.ts";
import type { ChosenTarget } from "./run.ts";

/** The target that the flags describe; its rule has a name for the variables that ask for one. */
export async function openGivenTarget(options: TransformOptions, world: World): Promise<ChosenTarget> {
  const { input, inputPath, inputTemplate, inputPathsMap } = options;
  return {
    target: {
      Id: "target",
      ...(input !== undefined && { Input: (await readValue(world, input, "--input")).text }),
      ...(inputPath !== undefined && { InputPath: inputPath }),
      ...(inputTemplate !== undefined && {
        InputTransformer: {
          InputTemplate: await readTemplate(world, inputTemplate),
          ...(inputPathsMap !== undefined && { InputPathsMap: await readPaths(world, inputPathsMap) }),
        },
      }),
    },
    ...givenRule,
    warnings: [],
  };
}

/** The rule of a target that no rule has. */
export const givenRule = {
  ruleArn: "arn:aws:events:us-east-1:000000000000:rule/rule",
  ruleName: "rule",
  busArn: "arn:aws:events:us-east-1:000000000000:event-bus/default",
} as const;

/** A template has a quote, a bracket or a variable in it, and a file's name hardly ever. */
export const isTemplate = (value: string): boolean => /["<{[]/.test(value);

async function readTemplate(world: World, value: string): Promise<string> {
  if (isTemplate(value)) return value;
  const chunks: Uint8Array[] = [];
  for await (const chunk of openInput(world, value).bytes) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8").trim();
}

async function readPaths(world: World, value: string): Promise<Record<string, string>> {
  const source = await readValue(world, value, "--input-paths-map");
  const paths = parseJson(source);
  if (
    typeof paths !== "object" ||
    paths === null ||
    Array.isArray(paths) ||
    !Object.values(paths).every((path) => typeof path === "string")
  )
    throw new EvbError("BAD_USAGE", `${source.name}: expected an object of names and paths`, [
      'for example {"id":"$.detail.orderId"}',
    ]);
  return paths as Record<string, string>;
}
