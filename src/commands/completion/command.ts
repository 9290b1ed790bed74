import { Argument, Command } from "@commander-js/extra-typings";
import type { Perform } from "../perform.ts";

export const shells = ["bash", "zsh", "fish"] as const;

export interface CompletionOptions {
  readonly shell: (typeof shells)[number];
}

export function completionCommand(run: Perform<CompletionOptions>) {
  return new Command("completion")
    .summary("completion of commands, flags and names for your shell")
    .description(
      "Writes a script for the shell to stdout. Commands and flags are completed, and the names of buses, rules, queues, archives, templates and starters: from the account (or the emulator, with --local) that the command line means, within a second and without a word where that fails.",
    )
    .addHelpText("before", examples)
    .addArgument(new Argument("<shell>", "your shell").choices(shells))
    .action((shell) => run({ shell }));
}

const examples = `Examples:
  evb completion bash > ~/.local/share/bash-completion/completions/evb
  evb completion zsh > "\${fpath[1]}/_evb"
  evb completion fish > ~/.config/fish/completions/evb.fish
  source <(evb completion bash)
`;
