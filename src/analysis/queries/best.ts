import type { Architecture } from '../../space/architectures/architecture.js'
import type { Decision } from '../../space/values/decision.js'
import type { Ir } from '../../ir/model/ir.js'
import { analysisOf, architectureOn, costQueryOf, totalsFor, type Analysis, type AnalysisOptions } from './analysis.js'
import { commonDivisor, costKeys } from '../costs/cost-keys.js'
import type { Arc } from '../diagram/diagram.js'
import { isMeant, quantitiesOf, type CostQuery } from '../costs/cost-query.js'
import { createWords } from '../costs/random-choice.js'
import { unresolved } from './unresolved.js'

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
 * million; beyond, costs are kept in coarser units, and of those that cost about the same only the best is gone on with. If all
 * of those turn out to lie outside of a constraint, it is the best of some that are drawn.
 *
 * @param mostPaths as many sums are kept apart
 * @returns undefined if no architecture satisfies them
 * @throws Failure as `countArchitectures`; NAS6141 if there may be some and none is found
 */
export function bestArchitecture(
  ir: Ir,
  space: string,
  options: AnalysisOptions,
  score: OptionScore,
  mostPaths = maxPartialPaths,
): Architecture | undefined {
  const analysis = analysisOf(ir, space, options)
  const query = costQueryOf(analysis, [])
  const quantities = quantitiesOf(query)
  let units = quantities.map((quantity) => commonDivisor(analysis.diagram, quantity))
  for (let isExact = true; ; isExact = false) {
    const found = attempt(analysis, query, { quantities, units, mostPaths }, score)
    if (found === 'too many') units = units.map((unit) => unit * 4)
    else if (found) return architectureOn(analysis, arcsOf(found))
    else return isExact ? undefined : bestDrawn(analysis, query, score)
  }
}

interface Fineness {
  readonly quantities: readonly number[]
  readonly units: readonly number[]
  readonly mostPaths: number
}

function attempt(
  { diagram, context }: Analysis,
  query: CostQuery,
  { quantities, units, mostPaths }: Fineness,
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
    if (paths.reduce((all, each) => all + each.length, 0) > mostPaths) return 'too many'
  }
  let best: PartialPath | undefined
  for (const path of paths.flat()) {
    // What was rounded is known exactly of a path at hand.
    if ((best === undefined || path.score > best.score) && isMeant(query, arcsOf(path))) best = path
  }
  return best
}

const draws = 1000

/** The best of some that are drawn from all that are meant; undefined where there surely are none. */
function bestDrawn(analysis: Analysis, query: CostQuery, score: OptionScore): Architecture | undefined {
  const layers = analysis.diagram.layers.map((layer) => ({
    ...layer,
    arcs: layer.arcs.filter((arc) => gainOf(arc, score) > -Infinity),
  }))
  const allowed: Analysis = { ...analysis, diagram: { ...analysis.diagram, layers } }
  const totals = totalsFor(allowed, query)
  if (totals.count + totals.leftOut === 0n) return undefined
  const words = createWords()
  let best: { readonly path: readonly Arc[]; readonly score: number } | undefined
  for (let draw = 0; draw < draws; draw++) {
    const path = totals.draw(words)
    if (!path) break
    const all = path.reduce((sum, arc) => sum + gainOf(arc, score), 0)
    if (!best || all > best.score) best = { path, score: all }
  }
  if (!best) throw unresolved(analysis, totals)
  return architectureOn(analysis, best.path)
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
