import { Failure, type FailureArguments } from '../../catalogue/failure.js'

/** What went wrong while a space was elaborated; the compiler turns it into a diagnostic at the location of `path`. */
export class ElaborationFailure extends Failure {
  /** What was found, without the path. */
  readonly what: string

  constructor(
    /** Path of the node, cell, stage or decision where it happened. */
    readonly path: string,
    ...failure: FailureArguments
  ) {
    super(...failure)
    this.what = this.message
    if (path !== '') this.message = `${path}: ${this.what}`
  }
}
