import type { Command } from "@commander-js/extra-typings";
import type { Perform, Story } from "../commands/perform.ts";

type MakePerform = <O, H>(story: Story<O, H>) => Perform<O>;

/** Verbs by name. Each loads its flags, and then its story, only when it is needed. */
export type Verbs = Readonly<Record<string, (perform: MakePerform) => Promise<Command>>>;

/** commander's types hold every flag of a command; the table takes any command. */
export const plain = (command: unknown): Command => command as Command;
