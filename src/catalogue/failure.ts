import { failureEntries, fill, type FailureSlug, type FailureValues } from './index.js'

/** A slug, the values of its placeholders, and what stands in place of the catalogue's help where a call knows better. */
export type FailureArguments = {
  [S in FailureSlug]: [slug: S, values: FailureValues<S>, overrides?: { readonly help?: string }]
}[FailureSlug]

/**
 * A failure that the user can mend: a file that is missing or damaged, an option that does not fit, a run that belongs
 * to another space. The command line prints `message` and `help` and no stack. Anything else that is thrown is a defect
 * of nasc.
 */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly slug: FailureSlug
  readonly code: string
  /** What the placeholders of its entry stand for. */
  readonly values: Readonly<Record<string, string | number | bigint>>
  /** What to do about it, one or two sentences. */
  readonly help: string

  constructor(...[slug, values, { help } = {}]: FailureArguments) {
    const entry = failureEntries[slug]
    super(fill(entry.message, values))
    this.slug = slug
    this.code = entry.code
    this.values = values
    this.help = help ?? fill(entry.help, values)
  }
}
