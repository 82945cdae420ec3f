import { LRUCache } from 'lru-cache'
import type { Architecture } from '../../space/architectures/architecture.js'
import { Failure } from '../../catalogue/failure.js'
import type { Ir } from '../../ir/model/ir.js'
import {
  analysisOf,
  architectureOn,
  positionOf,
  totalsFor,
  costQueryOf,
  type Analysis,
  type AnalysisOptions,
  type Bounds,
} from './analysis.js'
import type { Decision } from '../../space/decisions/decision.js'
import type { Arc } from '../diagram/diagram.js'
import { withoutOptions } from '../diagram/without-options.js'
import { countPaths } from './count-paths.js'
import { decisionsOf } from './decisions.js'
import { quantityNames, type QuantityName } from '../diagram/layer.js'
import type { RandomWords } from '../costs/random-choice.js'
import type { Totals } from '../costs/totals.js'
import { unresolved } from './unresolved.js'

export type { RandomWords } from '../costs/random-choice.js'
export type { Bounds } from './analysis.js'

/** What an architecture that was drawn costs: the sum of what its parts cost, exactly, by the convention asked for. */
export interface Sample {
  readonly architecture: Architecture
  readonly costs: Readonly<Record<QuantityName, number>>
}

export interface Sampler {
  /**
   * An architecture that satisfies all constraints, each as likely as any other. Where costs are kept exactly a draw is never
   * thrown away; otherwise those beside the bounds are.
   *
   * @throws Failure NAS6141 if too many of them are
   */
  draw(random: RandomWords): Sample
  /** How many there surely are to draw from, and how many at most. */
  readonly count: bigint
  readonly atMost: bigint
  /** 0: costs are kept exactly, so that both numbers are one. Otherwise how far a cost may lie above what it is kept as. */
  readonly blur: number
}

export interface SampleRequest {
  /** Costs that they must have besides. */
  readonly where?: readonly Bounds[]
  /** Sums of costs that are kept apart at a cut of the diagram; as many as there is room for without it. */
  readonly mostKeys?: number
}

/**
 * Prepares uniform sampling from the architectures of a space that satisfy its constraints, and `where` besides.
 *
 * @throws ElaborationFailure if the space cannot be built at all; Failure NAS6136 if there is none; otherwise as `countArchitectures`
 */
export function sampler(
  ir: Ir,
  space: string,
  options: AnalysisOptions,
  { where = [], mostKeys }: SampleRequest = {},
): Sampler {
  const analysis = analysisOf(ir, space, options)
  const totals = totalsFor(analysis, costQueryOf(analysis, where), mostKeys)
  const found = samplerOf(analysis, totals)
  if (found.atMost === 0n) {
    // Of which nothing can be built, that says why.
    if (where.length === 0 && analysis.constraints.length === 0) decisionsOf(ir, space, options)
    throw new Failure('nothing-satisfies', {
      space: analysis.context.space.name,
      constraints: `all constraints${where.length > 0 ? ' and what is asked for besides' : ''}`,
    })
  }
  return found
}

/**
 * The same of the architectures that take none of some options, in all else as likely as any other; undefined where there is none.
 *
 * @throws as `sampler`, but for NAS6136
 */
export function samplerWithout(
  ir: Ir,
  space: string,
  options: AnalysisOptions,
  isLeftOut: (decision: Decision, option: number) => boolean,
): Sampler | undefined {
  const whole = analysisOf(ir, space, options)
  const diagram = withoutOptions(whole.diagram, isLeftOut)
  const analysis: Analysis = { ...whole, diagram, pathCount: countPaths(diagram) }
  if (analysis.pathCount === 0n) return undefined
  const totals = totalsFor(analysis, costQueryOf(analysis, []))
  return totals.count + totals.leftOut === 0n ? undefined : samplerOf(analysis, totals)
}

function samplerOf(analysis: Analysis, totals: Pick<Totals, 'count' | 'leftOut' | 'blur' | 'draw'>): Sampler {
  return {
    draw(random) {
      const arcs = totals.draw(random)
      if (!arcs) throw unresolved(analysis, totals)
      return sampleOn(analysis, arcs)
    },
    count: totals.count,
    atMost: totals.count + totals.leftOut,
    blur: totals.blur,
  }
}

/**
 * Prepares uniform sampling from many ranges of a cost, ends included: of the architectures that satisfy all constraints, those
 * within. What the ranges share is worked out once.
 *
 * @returns what draws from a range; `count` and `atMost` are zero where nothing lies within
 * @throws as {@link sampler}
 */
export function rangeSampler(
  ir: Ir,
  space: string,
  options: AnalysisOptions,
  quantity: QuantityName,
): (least: number, most: number) => Sampler {
  const analysis = analysisOf(ir, space, options)
  const bounds = (least: number, most: number): readonly Bounds[] => [{ quantity, least, most }]
  const all = totalsFor(analysis, costQueryOf(analysis, bounds(0, Infinity)))
  const known = new LRUCache<string, Sampler>({ max: mostRanges })
  return (least, most) => {
    const key = `${least} ${most}`
    const found =
      known.get(key) ??
      samplerOf(analysis, all.within?.(least, most) ?? totalsFor(analysis, costQueryOf(analysis, bounds(least, most))))
    known.set(key, found)
    return found
  }
}

/** Ranges that are kept ready: one takes some ten megabytes in a large space, and a fraction of a second to be made again. */
const mostRanges = 16

/** The architecture that a path stands for, with what it costs. */
export function sampleOn(analysis: Analysis, arcs: readonly Arc[]): Sample {
  const total = (quantity: QuantityName): number => {
    const position = positionOf(analysis, quantity)
    return arcs.reduce((sum, { costs }) => sum + (costs[position] ?? 0), 0)
  }
  return {
    architecture: architectureOn(analysis, arcs),
    costs: { macs: total('macs'), parameters: total('parameters'), activation_bytes: total('activation_bytes') },
  }
}

/**
 * Reads what `--where` says: `macs in 290M..310M`, `parameters <= 6M`, several joined by `and`.
 *
 * @throws Failure NAS6137 on anything else
 */
export function parseWhere(text: string): readonly Bounds[] {
  return text.split(/\s+and\s+/).map((part): Bounds => {
    const range = /^\s*(\w+)\s+in\s+([\d._]+[kMG]?)\s*\.\.\s*([\d._]+[kMG]?)\s*$/.exec(part)
    const bound = /^\s*(\w+)\s*(<=|>=)\s*([\d._]+[kMG]?)\s*$/.exec(part)
    const quantity = quantityNamed((range ?? bound)?.[1] ?? '')
    if (quantity && range)
      return { quantity, least: Math.ceil(numberOf(range[2])), most: Math.floor(numberOf(range[3])) }
    if (quantity && bound?.[2] === '<=') return { quantity, least: 0, most: Math.floor(numberOf(bound[3])) }
    if (quantity && bound) return { quantity, least: Math.ceil(numberOf(bound[3])), most: Infinity }
    throw new Failure('malformed-bound', { text: part.trim(), names: quantityNames.join(', ') })
  })
}

function quantityNamed(name: string): QuantityName | undefined {
  const aliases: Readonly<Record<string, QuantityName>> = { params: 'parameters', flops: 'macs' }
  return quantityNames.find((known) => known === (aliases[name] ?? name))
}

const magnitudes: Readonly<Record<string, number>> = { k: 1e3, M: 1e6, G: 1e9 }

function numberOf(text = ''): number {
  const suffix = /[kMG]$/.exec(text)?.[0] ?? ''
  return Number(text.replace(/[kMG]$/, '').replace(/_/g, '')) * (magnitudes[suffix] ?? 1)
}
