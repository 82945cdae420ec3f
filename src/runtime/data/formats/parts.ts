import { createRandom } from '../../random/random.js'
import { plural } from '../../../support/format-quantity.js'

/** Images of a data set by what they are for, as they are stored. */
export interface Parts<Part> {
  readonly train: Part
  readonly validation?: Part
  readonly test?: Part
}

export type PartName = keyof Parts<unknown>

/** Parts of which some may not be there. */
export function partsOf<Part>(train: Part, validation: Part | undefined, test: Part | undefined): Parts<Part> {
  return { train, ...(validation !== undefined && { validation }), ...(test !== undefined && { test }) }
}

/** Names that parts have in folders, files and columns. */
const partNames = {
  train: ['train', 'training'],
  validation: ['val', 'valid', 'validation'],
  test: ['test', 'testing'],
} as const

/** The part of this name, whatever its case. */
export function partNamed(name: string): PartName | undefined {
  const parts = ['train', 'validation', 'test'] as const
  return parts.find((part) => partNames[part].some((each) => each === name.toLowerCase()))
}

/** Parts of which one tests. */
export interface SettledParts<Part> extends Parts<Part> {
  readonly test: Part
  /** What a user would not expect of it. */
  readonly notes: readonly string[]
}

/** How a part is looked at and divided. */
export interface Divisible<Part> {
  labels(part: Part): ArrayLike<number>
  take(part: Part, indices: Uint32Array): Part
}

/** Share of the images of each class that test where the data have no images for that. */
const testShare = 0.2

/**
 * Which images test where none are set apart: those of validation if there are any, as everyone does with ImageNet, or else a
 * fifth of each class. That is drawn once for all: runs that differ in their seed are tested on the same images.
 */
export function settleParts<Part>(parts: Parts<Part>, of: Divisible<Part>): SettledParts<Part> {
  const { train, validation, test } = parts
  if (test !== undefined) return { ...parts, test, notes: [] }
  if (validation !== undefined) {
    return { train, test: validation, notes: ['there are no test images: those of validation test'] }
  }
  const drawn = drawTest(of.labels(train))
  const words = `${plural(drawn.test.length, 'test image')}, a fifth of each class, drawn from the training images`
  return {
    train: of.take(train, drawn.train),
    test: of.take(train, drawn.test),
    notes: [`there are no test images: ${words}, and the same ones for every seed`],
  }
}

/** Indices of what trains and what tests, each in their order; of a class of two or more, one at least tests. */
function drawTest(labels: ArrayLike<number>): { readonly train: Uint32Array; readonly test: Uint32Array } {
  const byLabel = new Map<number, number[]>()
  for (let index = 0; index < labels.length; index++) {
    const label = labels[index] ?? 0
    const known = byLabel.get(label)
    if (known === undefined) byLabel.set(label, [index])
    else known.push(index)
  }
  const random = createRandom(0).stream('data/test')
  const test = new Set<number>()
  for (const [label, indices] of byLabel) {
    const count = indices.length < 2 ? 0 : Math.max(1, Math.round(testShare * indices.length))
    const order = random.stream(String(label)).permutation(indices.length)
    for (const place of order.subarray(0, count)) test.add(indices[place] ?? 0)
  }
  const all = Uint32Array.from({ length: labels.length }, (_, index) => index)
  return { train: all.filter((index) => !test.has(index)), test: all.filter((index) => test.has(index)) }
}
