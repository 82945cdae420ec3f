import type { Architecture } from '../../space/architectures/architecture.js'
import type { Decision } from '../../space/values/decision.js'
import type { Ir } from '../../ir/model/ir.js'
import { analysisOf, architectureOn, wantedOf, type Analysis, type AnalysisOptions } from './analysis.js'
import { corners } from '../costs/corners.js'
import { commonDivisor, costKeys } from '../costs/cost-keys.js'
import type { Arc } from '../diagram/diagram.js'
import type { Wanted } from '../costs/cost-query.js'

/** How good it is that a decision takes an option; minus infinity: it must not. */
export type OptionScore = (decision: Decision, option: number) => number

/** Ways that are followed at once at most, before costs are kept in coarser units. */
const mostWays = 1_000_000

/** The best way to a state among those that cost the same. */
interface Way {
  readonly key: number
  readonly score: number
  readonly arc?: Arc
  readonly before?: Way
}

/**
 * Among the architectures that satisfy all constraints, the one whose taken options have the greatest sum of scores; the
 * first one of equals. Decisions that it does not meet, such as those of layers beyond its depth, count nothing.
 *
 * Exact, by dynamic programming over the decision diagram, as long as the sums of costs to be kept apart are fewer than a
 * million; beyond, costs are kept in coarser units and what might lie outside of a constraint is left out.
 *
 * @returns undefined if no architecture satisfies them
 * @throws Failure as `countArchitectures`
 */
export function bestArchitecture(
  ir: Ir,
  space: string,
  options: AnalysisOptions,
  score: OptionScore,
): Architecture | undefined {
  const analysis = analysisOf(ir, space, options)
  const wanted = wantedOf(analysis, [])
  const quantities = wanted.kind === 'interval' ? [wanted.quantity] : wanted.quantities
  let units = quantities.map((quantity) => commonDivisor(analysis.diagram, quantity))
  for (;;) {
    const found = attempt(analysis, wanted, quantities, units, score)
    if (found !== 'too many') return found && architectureOn(analysis, arcsOf(found))
    units = units.map((unit) => unit * 4)
  }
}

function attempt(
  { diagram }: Analysis,
  wanted: Wanted,
  quantities: readonly number[],
  units: readonly number[],
  score: OptionScore,
): Way | undefined | 'too many' {
  const kept = costKeys(diagram, quantities, units)
  if (!kept) return 'too many'
  const { keyOf, valuesOf, slack } = kept
  // With nothing but a ceiling, what costs more and is no better can be forgotten.
  const onlyCeiling = wanted.kind === 'interval' && wanted.least <= 0
  let ways: readonly (readonly Way[])[] = [[{ key: 0, score: 0 }]]
  for (const { arcs, next } of diagram.levels) {
    const after = Array.from({ length: next }, () => new Map<number, Way>())
    for (const arc of arcs) {
      const gain = gainOf(arc, score)
      if (gain === -Infinity) continue
      const added = keyOf(arc.costs)
      const there = after[arc.to]
      for (const before of ways[arc.from] ?? []) {
        const way = { key: before.key + added, score: before.score + gain, arc, before }
        const known = there?.get(way.key)
        if (known === undefined || known.score < way.score) there?.set(way.key, way)
      }
    }
    ways = after.map((each) => (onlyCeiling ? front([...each.values()]) : [...each.values()]))
    if (ways.reduce((all, each) => all + each.length, 0) > mostWays) return 'too many'
  }
  const isAllowed = (key: number, end: number): boolean =>
    corners(valuesOf(key), slack).every((costs) => meets(wanted, costs, end))
  let best: Way | undefined
  ways.forEach((each, end) => {
    for (const way of each) if ((best === undefined || way.score > best.score) && isAllowed(way.key, end)) best = way
  })
  return best
}

function meets(wanted: Wanted, costs: readonly number[], end: number): boolean {
  if (wanted.kind === 'test') return wanted.test(costs, end)
  const [cost = 0] = costs
  return cost >= wanted.least && cost <= wanted.most
}

function gainOf({ taken }: Arc, score: OptionScore): number {
  return taken.reduce(
    (sum, { decision, options }) => options.reduce((all, option) => all + score(decision, option), sum),
    0,
  )
}

/** Without ways that cost at least as much as another one and are no better. */
function front(ways: readonly Way[]): readonly Way[] {
  let best = -Infinity
  return ways
    .toSorted((a, b) => a.key - b.key)
    .filter((way) => {
      const isBetter = way.score > best
      if (isBetter) best = way.score
      return isBetter
    })
}

function arcsOf(way: Way): readonly Arc[] {
  const arcs: Arc[] = []
  for (let at: Way | undefined = way; at; at = at.before) if (at.arc) arcs.push(at.arc)
  return arcs.reverse()
}
