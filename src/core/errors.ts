import { Exit, type ExitCode } from "./exit.ts";

/**
 * What a user can mend, by code, with the exit code that it ends in.
 * The set is closed: a new code is added here, with a line that says when it is raised.
 */
export const userFaults = {
  /** A flag or argument is missing, unknown, malformed, or contradicts another. */
  BAD_USAGE: Exit.badInput,
  /** A question would have been asked, but nobody is there to answer. */
  NEEDS_ANSWER: Exit.badInput,
  /** A text that should be JSON is not. */
  BAD_JSON: Exit.badInput,
  /** An event pattern that AWS would refuse. */
  BAD_PATTERN: Exit.badInput,
  /** An event or entry that cannot be an EventBridge event. */
  BAD_EVENT: Exit.badInput,
  /** A template that cannot be rendered, or does not exist. */
  BAD_TEMPLATE: Exit.badInput,
  /** A file that should describe buses has mistakes, or is none. */
  BAD_SOURCE: Exit.badInput,
  /** Values that a template asks for were not given. */
  MISSING_VALUE: Exit.badInput,
  /** A file cannot be read. */
  FILE_NOT_READ: Exit.badInput,
  /** A file cannot be written: disk full, no permission, exists already. */
  FILE_NOT_WRITTEN: Exit.badInput,
  /** The bus is of a kind that this tool does not speak to. */
  NOT_SUPPORTED: Exit.badInput,
  /** No credentials were found, or they have expired. */
  NO_CREDENTIALS: Exit.aws,
  /** No region is configured. */
  NO_REGION: Exit.aws,
  /** AWS denied the operation. */
  ACCESS_DENIED: Exit.aws,
  /** A bus, rule, queue or target does not exist. */
  NOT_FOUND: Exit.aws,
  /** The endpoint did not answer. */
  NOT_REACHED: Exit.aws,
  /** AWS answered with an error that has no code of its own here. */
  AWS_REFUSED: Exit.aws,
  /** The emulator cannot use the port, or is not running where it was expected. */
  LOCAL_FAILED: Exit.aws,
  /** A step of a multi-step command did not do what it says. */
  STEP_FAILED: Exit.negative,
} as const satisfies Record<string, ExitCode>;

export type UserFault = keyof typeof userFaults;

/**
 * An error that a user can mend: a code, one sentence with the facts (lower case, no full stop),
 * and the remedies, one a line.
 */
export class EvbError extends Error {
  override readonly name = "EvbError";
  readonly code: UserFault;
  readonly exit: ExitCode;
  readonly hints: readonly string[];

  constructor(code: UserFault, sentence: string, hints: readonly string[] = [], cause?: unknown) {
    super(sentence, cause === undefined ? undefined : { cause });
    this.code = code;
    this.exit = userFaults[code];
    this.hints = hints;
  }
}
