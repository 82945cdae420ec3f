/** What the page of a failure says; the message itself is written where it is thrown, with what is known there. */
export interface FailureEntry {
  /** Stable, in kebab case. */
  readonly slug: string
  readonly why: string
  /** What to do about it. */
  readonly mend: string
}

/** Failures by code. A code stands in one table, and means one thing for ever. */
export type FailureTable = Readonly<Record<`NAS${number}`, FailureEntry>>
