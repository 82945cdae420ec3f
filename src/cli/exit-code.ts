/** What the shell is told. */
export const exitCode = {
  fine: 0,
  /** Diagnostics, an `expect` that does not hold, a failure of the user's files. */
  findings: 1,
  /** Unknown command or option, a value that does not fit. */
  wrongUse: 2,
  /** Our fault. */
  defect: 70,
  /** Stopped by Ctrl-C, as the shell counts it: 128 and the number of the signal. */
  interrupted: 130,
  /** Stopped by SIGTERM. */
  terminated: 143,
} as const

export type ExitCode = (typeof exitCode)[keyof typeof exitCode]
