import { Failure } from '../../catalogue/failure.js'
import { didYouMean, nearNames } from '../../support/near-names.js'

/** A name that was given and that a file does not have, with what it has. */
export function noSuchName(what: string, name: string, names: readonly string[], file: string): Failure {
  return new Failure(
    'no-such-name',
    { what, name, file, near: didYouMean(nearNames(name, names)[0]), names: names.join(', ') },
    names.length === 0 ? { help: 'It has none at all.' } : {},
  )
}
