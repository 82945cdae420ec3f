import { memberFinder, type MemberFinder } from '../../../analysis/index.js'
import { Failure } from '../../../catalogue/failure.js'
import { spaceWord } from '../../../space/expressions/labels.js'
import type { Random } from '../../random/random.js'
import { encode, encodingOf, type Encoding } from '../components/encoding/encoding.js'
import { fewestMeasurements } from '../components/predictors/predictor.js'
import { leastSquares, smallPenalty, type LinearFunction } from './least-squares.js'
import { openDraws, type MeasuredSpace, type SpaceOfNetworks } from './measured-space.js'
import { quietValues, type Measurement } from './measurements.js'

/** Measurements as a predictor reads them. */
export interface Sample {
  /** [encoding.size] */
  readonly code: Float32Array
  readonly value: number
  /** Multiply-accumulates of its network. */
  readonly macs: number
}

export interface SampleSplit {
  readonly encoding: Encoding
  /** Multiply-accumulates by the code, as what adds up over its entries: in cells all of them. */
  readonly macs: LinearFunction
  readonly fitted: readonly Sample[]
  /** What a predictor is judged by: architectures that it was not fitted to. */
  readonly heldOut: readonly Sample[]
}

const heldOutShare = 0.2

/**
 * Encodes measured architectures, and holds a fifth of them out, drawn from a stream; an architecture that was measured twice is on
 * one side.
 *
 * @throws Failure NAS7617 where there are too few, NAS7618 where a row is no architecture of the space
 */
export function splitSamples(
  rows: readonly Measurement[],
  measured: MeasuredSpace,
  random: Random,
  file: string,
): SampleSplit {
  const encoding = encodingOf(measured.choices)
  const find = memberFinder(measured.ir, measured.space, { params: measured.params })
  const distinct = distinctSamples(rows, { measured, encoding, find, file })
  const order = random.stream('held-out').permutation(distinct.length)
  const held = Math.round(distinct.length * heldOutShare)
  const taken = (from: number, to: number): readonly Sample[] =>
    [...order.slice(from, to)].sort((a, b) => a - b).flatMap((index) => distinct[index] ?? [])
  return {
    ...{ encoding, fitted: taken(held, distinct.length), heldOut: taken(0, held) },
    macs: macsByCode(measured, encoding, find, random.stream('macs')),
  }
}

/** @throws Failure as {@link splitSamples}: what a fit would refuse */
export function requireSamples(rows: readonly Measurement[], measured: SpaceOfNetworks, file: string): void {
  const find = memberFinder(measured.ir, measured.space, { params: measured.params })
  distinctSamples(rows, { measured, encoding: encodingOf(measured.choices), find, file })
}

interface Encoder {
  readonly measured: SpaceOfNetworks
  readonly encoding: Encoding
  readonly find: MemberFinder
  /** For messages. */
  readonly file: string
}

/** The measurements of every architecture. */
function distinctSamples(
  rows: readonly Measurement[],
  { measured, encoding, find, file }: Encoder,
): readonly (readonly Sample[])[] {
  const values = quietValues(rows)
  const byCode = new Map<string, Sample[]>()
  rows.forEach(({ decisions, place }, index) => {
    const member = find(decisions)
    if (member === undefined) throw new Failure('measured-no-member', { place, space: spaceWord(measured.space) })
    const code = encode(encoding, member.architecture.decisions)
    const key = code.join('')
    const same = byCode.get(key) ?? []
    byCode.set(key, same)
    same.push({ code, value: values[index] ?? NaN, macs: member.costs.macs })
  })
  const distinct = [...byCode.values()]
  const { length: count } = distinct
  if (count < fewestMeasurements) throw new Failure('too-few-measurements', { file, count, fewest: fewestMeasurements })
  return distinct
}

/** What is counted costs nothing to know, so that it is fitted to enough architectures to tell all options apart. */
function macsByCode(measured: MeasuredSpace, encoding: Encoding, find: MemberFinder, random: Random): LinearFunction {
  const draw = openDraws(measured)
  const points = Array.from({ length: 2 * encoding.size }, (_, index) => {
    const member = find(draw(random.stream(String(index))))
    if (member === undefined) throw new Error('an architecture that was drawn is none of the space')
    return { features: encode(encoding, member.architecture.decisions), value: member.costs.macs }
  })
  return leastSquares(points, smallPenalty)
}
