import type { TailHappening } from "./happening.ts";

type Of<K extends TailHappening["kind"]> = Extract<TailHappening, { kind: K }>;

export const renderKept = ({ name, bus, queueUrl }: Of<"kept">): string =>
  [
    `evb: kept: rule ${name} on event bus ${bus}`,
    `evb: kept: queue ${queueUrl} (holds an event for an hour)`,
    `hint: evb gc ${name} removes both`,
  ].join("\n");

/** What may still be there, and how to be rid of it. */
export function renderLeft(
  { name, bus, hasQueue, remnants }: Of<"left">,
  wordsOf: (error: unknown) => string,
): string {
  const lines =
    remnants === undefined
      ? [
          hasQueue
            ? `evb: left behind: rule ${name} on event bus ${bus} and queue ${name}, as far as they were made`
            : `evb: left behind: rule ${name} on event bus ${bus}, if it was made`,
        ]
      : remnants.map(({ part, error }) =>
          part === "rule"
            ? `evb: left behind: rule ${name} on event bus ${bus} (${wordsOf(error)})`
            : `evb: left behind: queue ${name} (${wordsOf(error)})`,
        );
  return [...lines, `hint: evb gc ${name} removes what is left`].join("\n");
}
