import { EvbError } from "../../../core/errors.ts";
import { Exit } from "../../../core/exit.ts";
import { explain } from "../../../core/pattern/index.ts";
import { renderCondition } from "../../../core/pattern-draft/condition.ts";
import { AskEnded } from "../../../shell/ask.ts";
import { commandLine, whereFlags } from "../../command-line.ts";
import type { Run } from "../../perform.ts";
import type { Stage } from "../../stage.ts";
import type { NewPatternOptions } from "./command.ts";
import { type Draft, demandDraft } from "./draft.ts";
import type { NewPatternHappening } from "./happening.ts";
import { mostSamples, openSamples } from "./samples.ts";

export const runNewPattern: Run<NewPatternOptions, NewPatternHappening> = async function* (options, stage) {
  const { conditions } = options;
  const asks = conditions.length === 0;
  if (asks) demandAsking(options, stage);
  const samples = await openSamples(options, stage);
  if (samples.isCut) yield { kind: "note", text: `only the first ${mostSamples} events are looked at` };
  let draft: Draft;
  try {
    draft = asks
      ? yield* (await import("./ask.ts")).askDraft(stage.world, samples)
      : demandDraft(conditions, samples.all);
  } catch (error) {
    if (error instanceof AskEnded) return Exit.interrupted;
    throw error;
  }
  if (options.explain)
    for (const { name, bytes } of draft.misses)
      yield { kind: "why", name, reasons: explain(draft.pattern, bytes) };
  const same = asks ? sameCommand(options, draft, stage) : undefined;
  yield { kind: "made", draft, same, next: nextCommand(options, draft, stage) };
  return Exit.done;
};

/** Before anything is read: somebody must be there, and there must be something to pick from. */
function demandAsking({ events, schema }: NewPatternOptions, { mayAsk, screen }: Stage): void {
  if (!mayAsk || screen.json)
    throw new EvbError("NEEDS_ANSWER", "which fields? nobody is there to answer", [
      "--field names one and what it must be: --field detail.status=PAID",
    ]);
  if (events.length === 0 && schema === undefined)
    throw new EvbError("NEEDS_ANSWER", "there is nothing to make the pattern of", [
      "give --event with an event or a file of events, or --schema with a schema of a registry",
    ]);
}

const sameCommand = (options: NewPatternOptions, { conditions }: Draft, { global }: Stage): string =>
  commandLine([
    ...["rules", "new-pattern"],
    ...options.events.flatMap((event) => ["-e", event]),
    ...schemaFlags(options, "--schema"),
    ...(options.schema === undefined ? [] : whereFlags(global)),
    ...conditions.flatMap((condition) => ["--field", renderCondition(condition)]),
  ]);

function nextCommand(options: NewPatternOptions, { pattern }: Draft, { global }: Stage): string | undefined {
  const tried = ["test-pattern", "-p", pattern.source];
  if (options.schema !== undefined) {
    const example = commandLine(["schema", "generate", ...schemaFlags(options), ...whereFlags(global)]);
    return `${example} | ${commandLine(tried)}`;
  }
  // What came on standard input has been read.
  if (options.events.length === 0 || options.events.includes("-")) return undefined;
  return commandLine([...tried, ...options.events.flatMap((event) => ["-e", event])]);
}

function schemaFlags({ schema, registry, version }: NewPatternOptions, flag?: string): string[] {
  if (schema === undefined) return [];
  return [
    ...(flag === undefined ? [schema] : [flag, schema]),
    ...(registry === undefined ? [] : ["--registry", registry]),
    ...(version === undefined ? [] : ["--schema-version", version]),
  ];
}
