import { EvbError } from "../core/errors.ts";
import { compilePattern, type Pattern, PatternError } from "../core/pattern/index.ts";
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
  return { text: source.text, pattern: compile(source) };
}

function compile({ name, text }: Source): Pattern {
  try {
    return compilePattern(text);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    const place = error.line === undefined ? name : `${name}:${error.line}:${error.column}`;
    throw new EvbError("BAD_PATTERN", `${place}: event pattern is not valid: ${error.message}`, [], error);
  }
}
