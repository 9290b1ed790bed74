import { Command } from "@commander-js/extra-typings";
import type { Perform } from "../perform.ts";
import { type DrainOptions, drainCommand } from "./drain/command.ts";
import { type LsOptions, lsCommand } from "./ls/command.ts";
import { type PeekOptions, peekCommand } from "./peek/command.ts";
import { type RedriveOptions, redriveCommand } from "./redrive/command.ts";
import { type RestoreOptions, restoreCommand } from "./restore/command.ts";

export interface DlqPerforms {
  readonly ls: Perform<LsOptions>;
  readonly peek: Perform<PeekOptions>;
  readonly drain: Perform<DrainOptions>;
  readonly redrive: Perform<RedriveOptions>;
  readonly restore: Perform<RestoreOptions>;
}

/** `evb dlq` and its subcommands. */
export function dlqCommand(performs: DlqPerforms) {
  const dlq = new Command("dlq")
    .summary("dead letters: find them, understand them, bring them back")
    .description("Dead-letter queues of EventBridge targets, and of everything else that writes to SQS.");
  for (const command of [
    lsCommand(performs.ls),
    peekCommand(performs.peek),
    drainCommand(performs.drain),
    redriveCommand(performs.redrive),
    restoreCommand(performs.restore),
  ])
    dlq.addCommand(command as unknown as Command);
  return dlq;
}
