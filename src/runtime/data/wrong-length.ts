import { Failure } from '../../catalogue/failure.js'
import { plural } from '../../support/format-quantity.js'

/** A file of data is longer or shorter than it must be, by how much, and what that comes of. */
export function wrongLength(path: string, expected: number, found: number, reason: string): Failure {
  const missing = expected - found
  return new Failure('wrong-length', {
    path,
    found: plural(found, 'byte'),
    expected: plural(expected, 'byte'),
    reason,
    difference:
      missing > 0
        ? `${plural(missing, 'byte')} ${missing === 1 ? 'is' : 'are'} missing`
        : `${plural(-missing, 'byte')} too many`,
    cause:
      missing > 0
        ? 'The file was probably cut short while it was copied or downloaded'
        : 'The file is not the one that its header describes',
  })
}
