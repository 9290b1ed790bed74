/** The exit codes of every verb. The table in the README is this one. */
export const Exit = {
  /** Done; matched; all passed. */
  done: 0,
  /** A negative verdict: no match, a test failed, nothing arrived before `--timeout`. */
  negative: 1,
  /** Bad usage or bad input; nothing was sent. */
  badInput: 2,
  /** Some entries or messages failed; what failed is named and nothing is lost. */
  partly: 3,
  /** AWS could not be used: credentials, permission, missing bus or queue, network. */
  aws: 4,
  /** Ended by SIGHUP, after clean-up. */
  hungUp: 129,
  /** Ended by Ctrl-C, after clean-up. */
  interrupted: 130,
  /** Ended by SIGTERM, after clean-up. */
  terminated: 143,
} as const;

export type ExitCode = (typeof Exit)[keyof typeof Exit];
