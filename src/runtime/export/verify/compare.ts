import { Failure } from '../../../catalogue/failure.js'
import { firstMaximum } from '../../operations/row-maximum.js'
import type { ForeignResult, Sample } from './foreign.js'

/** Images with what they are, where that is known, and what the network made of them here. */
export interface Expected {
  readonly sample: Sample
  readonly labels?: Int32Array
  /** [count, classes] */
  readonly logits: Float32Array
  /** The largest difference of logits that is let pass, as a share of the largest logit where that is above 1. */
  readonly tolerance: number
}

/** How the network does in a program that is not ours. */
export type Verification =
  | {
      readonly kind: 'verified'
      readonly program: string
      readonly images: number
      /** Of the logits of all images. */
      readonly maxDifference: number
      /** The largest logit, without its sign. */
      readonly largestLogit: number
      /** Of these images, 0..1; absent where there are no labels. The same here and there. */
      readonly accuracy?: number
    }
  /** The program is not there. */
  | { readonly kind: 'not run'; readonly program: string; readonly install: string }

/**
 * By whether a network was trained. First values go with statistics of batch norms that do not fit them, so that nothing brings maps
 * back to a common size. Measured on AttentiveNAS A0: programs differ from each other by up to 4e-4, although each of our operations alone is within
 * 1.2e-6 of its greatest value in double precision. Its gates, sigmoids of sums in the hundreds, probably magnify what is rounded in them.
 */
export const tolerances = { trained: 1e-4, untrained: 1e-3 } as const

/**
 * Compares the logits, and how many images are classified as they are labelled (as here, where there are no labels).
 *
 * @throws Failure NAS7651 where they differ
 */
export function compareResults(
  format: string,
  { sample, labels, logits, tolerance }: Expected,
  result: ForeignResult,
): Verification {
  if (result.kind === 'absent') return { kind: 'not run', program: result.program, install: result.install }
  const { program } = result
  const maxDifference = largestDifference(logits, result.logits)
  const largestLogit = logits.reduce((largest, each) => Math.max(largest, Math.abs(each)), 0)
  const most = tolerance * Math.max(1, largestLogit)
  if (!(maxDifference <= most)) {
    throw new Failure('export-differs', {
      ...{ format, program, count: sample.count },
      what: `logits differ by ${maxDifference.toPrecision(2)}, ${most.toPrecision(2)} is allowed`,
    })
  }
  const verified = { kind: 'verified', program, images: sample.count, maxDifference, largestLogit } as const
  if (labels === undefined) return verified
  const [here, there] = [hits(logits, labels), hits(result.logits, labels)]
  if (here !== there) {
    const what = `${String(there)} are classified correctly, ${String(here)} here`
    throw new Failure('export-differs', { format, program, count: sample.count, what })
  }
  return { ...verified, accuracy: here / sample.count }
}

/** NaN where there is none, or where a number is missing. */
function largestDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return NaN
  let largest = 0
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs((a[i] ?? NaN) - (b[i] ?? NaN))
    if (!(difference <= largest)) largest = difference
  }
  return largest
}

function hits(logits: Float32Array, labels: Int32Array): number {
  const classes = logits.length / labels.length
  return labels.reduce((sum, label, image) => {
    const row = logits.subarray(image * classes, (image + 1) * classes)
    return sum + Number(firstMaximum(row) === label)
  }, 0)
}
