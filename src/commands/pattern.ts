import { EvbError } from "../core/errors.ts";
import { nearNames } from "../core/near.ts";
import { compilePattern, operatorNames, type Pattern, PatternError } from "../core/pattern/index.ts";
import { readValue, type Source } from "../shell/input.ts";
import type { World } from "../shell/world.ts";

export interface OpenedPattern {
  /** As it was given. */
  readonly text: string;
  readonly pattern: Pattern;
}

/** The event pattern of a flag that takes JSON; one that AWS would refuse is an error with its place. */
export async function openPattern(world: World, value: string, flag: string): Promise<OpenedPattern> {
  const source = await readValue(world, value, flag);
  return { text: source.text, pattern: compileSource(source) };
}

/** A pattern that AWS would refuse is refused in AWS's words where it has any, with its place in the file. */
export function compileSource({ name, text }: Source): Pattern {
  try {
    return compilePattern(text);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    const place = error.line === undefined ? name : `${name}:${error.line}:${error.column}`;
    const sentence = `${place}: event pattern is not valid: ${error.message}`;
    throw new EvbError("BAD_PATTERN", sentence, hintsOf(error), error);
  }
}

function hintsOf({ message, isOwn }: PatternError): string[] {
  if (isOwn) return ["AWS would refuse it too, in words of its own"];
  const unknown = /^Unrecognized match type (.*)$/.exec(message)?.[1];
  if (unknown === undefined) return ["AWS would refuse it with these words"];
  const [near] = nearNames(unknown, matchTypes);
  return [near === undefined ? `match types are ${matchTypes.join(", ")}` : `is ${near} meant?`];
}

/** As EventBridge documents them, which is silent about `exactly`. */
const matchTypes = operatorNames.filter((name) => name !== "exactly");
