import type { Architecture } from '../../space/architectures/architecture.js'
import type { Decision } from '../../space/values/decision.js'
import type { Ir } from '../../ir/model/ir.js'
import { analysisOf, architectureOn, costQueryOf, type Analysis, type AnalysisOptions } from './analysis.js'
import { commonDivisor, costKeys } from '../costs/cost-keys.js'
import type { Arc } from '../diagram/diagram.js'
import { isMeant, quantitiesOf, type CostQuery } from '../costs/cost-query.js'

/** How good it is that a decision takes an option; minus infinity: it must not. */
export type OptionScore = (decision: Decision, option: number) => number

/** Paths that are followed at once at most, before costs are kept in coarser units. */
const maxPartialPaths = 1_000_000

/** The best path to a state among those that cost the same. */
interface PartialPath {
  readonly key: number
  readonly score: number
  readonly arc?: Arc
  readonly before?: PartialPath
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
  const query = costQueryOf(analysis, [])
  const quantities = quantitiesOf(query)
  let units = quantities.map((quantity) => commonDivisor(analysis.diagram, quantity))
  for (;;) {
    const found = attempt(analysis, query, quantities, units, score)
    if (found !== 'too many') return found && architectureOn(analysis, arcsOf(found))
    units = units.map((unit) => unit * 4)
  }
}

function attempt(
  { diagram, context }: Analysis,
  query: CostQuery,
  quantities: readonly number[],
  units: readonly number[],
  score: OptionScore,
): PartialPath | undefined | 'too many' {
  const kept = costKeys(diagram, quantities, units)
  if (!kept) return 'too many'
  const { keyOf } = kept
  // With nothing but a ceiling, what costs more and is no better can be forgotten.
  const onlyCeiling = query.kind === 'interval' && query.least <= 0
  let paths: readonly (readonly PartialPath[])[] = [[{ key: 0, score: 0 }]]
  for (const { at, arcs, next } of diagram.layers) {
    context.budget.enter(at)
    const after = Array.from({ length: next }, () => new Map<number, PartialPath>())
    for (const arc of arcs) {
      const gain = gainOf(arc, score)
      if (gain === -Infinity) continue
      const added = keyOf(arc.costs)
      const there = after[arc.to]
      context.budget.spend(paths[arc.from]?.length)
      for (const before of paths[arc.from] ?? []) {
        const path = { key: before.key + added, score: before.score + gain, arc, before }
        const known = there?.get(path.key)
        if (known === undefined || known.score < path.score) there?.set(path.key, path)
      }
    }
    paths = after.map((each) => (onlyCeiling ? front([...each.values()]) : [...each.values()]))
    if (paths.reduce((all, each) => all + each.length, 0) > maxPartialPaths) return 'too many'
  }
  let best: PartialPath | undefined
  for (const path of paths.flat()) {
    // What was rounded is known exactly of a path at hand.
    if ((best === undefined || path.score > best.score) && isMeant(query, arcsOf(path))) best = path
  }
  return best
}

function gainOf({ selections }: Arc, score: OptionScore): number {
  return selections.reduce(
    (sum, { decision, options }) => options.reduce((all, option) => all + score(decision, option), sum),
    0,
  )
}

/** Without paths that cost at least as much as another one and are no better. */
function front(paths: readonly PartialPath[]): readonly PartialPath[] {
  let best = -Infinity
  return paths
    .toSorted((a, b) => a.key - b.key)
    .filter((path) => {
      const isBetter = path.score > best
      if (isBetter) best = path.score
      return isBetter
    })
}

function arcsOf(path: PartialPath): readonly Arc[] {
  const arcs: Arc[] = []
  for (let at: PartialPath | undefined = path; at; at = at.before) if (at.arc) arcs.push(at.arc)
  return arcs.reverse()
}
