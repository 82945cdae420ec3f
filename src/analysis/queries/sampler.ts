import type { Architecture } from '../../space/architectures/architecture.js'
import { Failure } from '../../catalogue/failure.js'
import type { Ir } from '../../ir/model/ir.js'
import {
  analysisOf,
  architectureOn,
  positionOf,
  totalsFor,
  costQueryOf,
  type AnalysisOptions,
  type Bounds,
} from './analysis.js'
import { quantityNames, type QuantityName } from '../diagram/layer.js'
import type { RandomWords } from '../costs/random-choice.js'

export type { RandomWords } from '../costs/random-choice.js'
export type { Bounds } from './analysis.js'

/** What an architecture that was drawn costs: the sum of what its parts cost, exactly, by the convention asked for. */
export interface Sample {
  readonly architecture: Architecture
  readonly costs: Readonly<Record<QuantityName, number>>
}

export interface Sampler {
  /** An architecture that satisfies all constraints, each as likely as any other, without redraws. Draws a few words. */
  draw(random: RandomWords): Sample
  /** How many there are to draw from. */
  readonly count: bigint
  /**
   * 1: costs are kept exactly. Otherwise in buckets of this width, and architectures whose bucket lies across an end of what
   * is allowed are left out.
   */
  readonly bucketWidth: number
  /** How many architectures that might be allowed are left out so. */
  readonly leftOut: bigint
}

/**
 * Prepares uniform sampling from the architectures of a space that satisfy its constraints, and `where` besides.
 *
 * @throws Failure NAS6136 if there is none; otherwise as `countArchitectures`
 */
export function sampler(
  ir: Ir,
  space: string,
  options: AnalysisOptions,
  { where = [] }: { readonly where?: readonly Bounds[] } = {},
): Sampler {
  const analysis = analysisOf(ir, space, options)
  const totals = totalsFor(analysis, costQueryOf(analysis, where))
  if (!totals || totals.count === 0n) {
    throw new Failure('nothing-satisfies', {
      space: analysis.context.space.name,
      constraints: `all constraints${where.length > 0 ? ' and what is asked for besides' : ''}`,
    })
  }
  const position = {
    macs: positionOf(analysis, 'macs'),
    parameters: positionOf(analysis, 'parameters'),
    activation_bytes: positionOf(analysis, 'activation_bytes'),
  }
  return {
    draw(random) {
      const arcs = totals.draw(random)
      const total = (name: QuantityName): number =>
        arcs.reduce((sum, { costs }) => sum + (costs[position[name]] ?? 0), 0)
      return {
        architecture: architectureOn(analysis, arcs),
        costs: { macs: total('macs'), parameters: total('parameters'), activation_bytes: total('activation_bytes') },
      }
    },
    count: totals.count,
    bucketWidth: totals.bucketWidth,
    leftOut: totals.leftOut,
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
