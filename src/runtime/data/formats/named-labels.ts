import { Failure } from '../../../catalogue/failure.js'
import { didYouMean, nearNames } from '../../../support/near-names.js'

/** A label as it is written, and where. */
export interface WrittenLabel {
  /** For messages. */
  readonly place: string
  readonly name: string
}

/**
 * The classes of the images that train, in order: as numbers if all of them are, else as text.
 */
export function classesOf(labels: Iterable<WrittenLabel>): readonly string[] {
  const names = [...new Set(Array.from(labels, ({ name }) => name))]
  const areNumbers = names.every((name) => /^\d+$/u.test(name))
  return areNumbers ? names.sort((a, b) => Number(a) - Number(b)) : names.sort()
}

const shown = 20

/**
 * The number of a label among the classes.
 * @throws Failure NAS7128
 */
export function labelReader(classNames: readonly string[]): (label: WrittenLabel) => number {
  const numbers = new Map(classNames.map((name, label) => [name, label]))
  return ({ place, name }) => {
    const label = numbers.get(name)
    if (label !== undefined) return label
    const near = didYouMean(nearNames(name, classNames)[0])
    throw new Failure('unknown-class', { path: place, name, near, classes: classNames.slice(0, shown).join(', ') })
  }
}
