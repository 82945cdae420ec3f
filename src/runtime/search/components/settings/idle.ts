import { Failure } from '../../../../catalogue/failure.js'

/** A setting that says what something else says, or nothing. @param reason as a sentence */
export function idleSetting(name: string, clause: string, reason: string): Failure {
  const values = { what: `setting \`${name}\``, clause, known: '' }
  return new Failure('setting-without-meaning', values, { help: `Leave it out: ${reason}` })
}
