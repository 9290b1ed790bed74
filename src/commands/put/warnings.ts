import type { Stage } from "../stage.ts";
import type { PutOptions } from "./command.ts";
import type { PutHappening } from "./happening.ts";
import type { Inspection } from "./inspect.ts";

export async function openInspectionIf(options: PutOptions, stage: Stage): Promise<Inspection | undefined> {
  if (options.validate === undefined && options.checkSensitive === undefined) return undefined;
  return (await import("./inspect.ts")).openInspection(options, stage);
}

export function* warningsOf(inspection: Inspection | undefined): Generator<PutHappening> {
  for (const text of inspection?.warnings() ?? []) yield { kind: "warning", text };
}

/** Tells what the inspection has found of late before each happening. */
export async function* withWarnings(
  story: AsyncGenerator<PutHappening, number>,
  inspection: Inspection | undefined,
): AsyncGenerator<PutHappening, number> {
  if (inspection === undefined) return yield* story;
  let step = await story.next();
  try {
    for (; !step.done; step = await story.next()) {
      yield* warningsOf(inspection);
      yield step.value;
    }
  } finally {
    await story.return(0);
  }
  yield* warningsOf(inspection);
  return step.value;
}
