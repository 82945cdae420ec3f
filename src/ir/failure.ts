/**
 * A failure that the user can mend: a file that is missing or damaged, an option that does not fit, a run that belongs
 * to another space. The command line prints `message` and `help` and no stack. Anything else that is thrown is a defect
 * of nasc.
 */
export class Failure extends Error {
  override readonly name = 'Failure'
  constructor(
    /** Stable: `NAS6xxx` for the IR, `NAS7xxx` for the runtime, `NAS8xxx` for the command line. */
    readonly code: string,
    message: string,
    /** What to do about it, one or two sentences. */
    readonly help: string,
  ) {
    super(message)
  }
}
