import type { Architecture } from '../../space/architectures/architecture.js'
import type { Decision } from '../../space/decisions/decision.js'
import type { Ir } from '../../ir/model/ir.js'
import { analysisOf, architectureOn, costQueryOf, totalsFor, type Analysis, type AnalysisOptions } from './analysis.js'
import { commonDivisor, costKeys } from '../costs/cost-keys.js'
import type { Arc } from '../diagram/diagram.js'
import { isMeant, quantitiesOf, type CostQuery } from '../costs/cost-query.js'
import { createWords } from '../costs/random-choice.js'
import { unresolved } from './unresolved.js'

/** How good it is that a decision takes these options, in ascending order; minus infinity: it must not. */
export type SelectionScore = (decision: Decision, options: readonly number[]) => number

/** Paths that are followed at once at most, before costs are kept in coarser units. */
const maxPartialPaths = 1_000_000

/** The best path to a state among those that cost the same and have taken the same of what is not settled yet. */
interface PartialPath {
  readonly key: number
  /** Of what is settled. */
  readonly score: number
  /** What is taken so far of decisions whose options are settled one by one, by path. */
  readonly open: ReadonlyMap<string, OpenSelection>
  readonly arc?: Arc
  readonly before?: PartialPath
}

interface OpenSelection {
  readonly decision: Decision
  readonly options: readonly number[]
}

/**
 * Among the architectures that satisfy all constraints, the one whose selections have the greatest sum of scores; the
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
  score: SelectionScore,
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
  score: SelectionScore,
): PartialPath | undefined | 'too many' {
  const kept = costKeys(diagram, quantities, units)
  if (!kept) return 'too many'
  const { keyOf } = kept
  // With nothing but a ceiling, what costs more and is no better can be forgotten.
  const onlyCeiling = query.kind === 'interval' && query.least <= 0
  const settled = settledBehind(diagram)
  let paths: readonly (readonly PartialPath[])[] = [[{ key: 0, score: 0, open: new Map() }]]
  for (const [layer, { at, arcs, next }] of diagram.layers.entries()) {
    context.budget.enter(at)
    const after = Array.from({ length: next }, () => new Map<number | string, PartialPath>())
    for (const arc of arcs) {
      const gain = gainOf(arc, score)
      if (gain === -Infinity) continue
      const added = keyOf(arc.costs)
      const there = after[arc.to]
      context.budget.spend(paths[arc.from]?.length)
      for (const before of paths[arc.from] ?? []) {
        const { open, gained } = settle(before.open, arc, settled[layer] ?? [], score)
        if (gained === -Infinity) continue
        const path = { key: before.key + added, score: before.score + gain + gained, open, arc, before }
        const place = open.size === 0 ? path.key : `${path.key} ${openKey(path)}`
        const known = there?.get(place)
        if (known === undefined || known.score < path.score) there?.set(place, path)
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
function bestDrawn(analysis: Analysis, query: CostQuery, score: SelectionScore): Architecture | undefined {
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
    const all = scoreOf(path, score)
    if (all > -Infinity && (!best || all > best.score)) best = { path, score: all }
  }
  if (!best) throw unresolved(analysis, totals)
  return architectureOn(analysis, best.path)
}

/** Of what an arc decides as a whole. */
function gainOf({ selections }: Arc, score: SelectionScore): number {
  return selections.reduce((sum, { decision, options, partial }) => (partial ? sum : sum + score(decision, options)), 0)
}

/** By layer the decisions, settled option by option, that no later layer speaks of. */
function settledBehind({ layers }: Pick<Analysis['diagram'], 'layers'>): readonly (readonly string[])[] {
  const last = new Map<string, number>()
  for (const [layer, { arcs }] of layers.entries()) {
    for (const { selections } of arcs) {
      for (const { decision, partial } of selections) if (partial) last.set(decision.path, layer)
    }
  }
  return layers.map((_, layer) => [...last].flatMap(([path, behind]) => (behind === layer ? [path] : [])))
}

/** What is open behind an arc, and the scores of what was open and is settled with it. */
function settle(
  before: PartialPath['open'],
  { selections }: Arc,
  settled: readonly string[],
  score: SelectionScore,
): { readonly open: PartialPath['open']; readonly gained: number } {
  const parts = selections.filter(({ partial }) => partial)
  if (parts.length === 0 && !settled.some((path) => before.has(path))) return { open: before, gained: 0 }
  const open = new Map(before)
  for (const { decision, options } of parts) {
    const taken = [...(open.get(decision.path)?.options ?? []), ...options]
    open.set(decision.path, { decision, options: taken.sort((a, b) => a - b) })
  }
  let gained = 0
  for (const path of settled) {
    const whole = open.get(path)
    if (whole === undefined) continue
    gained += score(whole.decision, whole.options)
    open.delete(path)
  }
  return { open, gained }
}

/** Equal for paths that have taken the same of what is not settled yet. */
function openKey({ open }: PartialPath): string {
  return [...open].map(([path, { options }]) => `${path}=${options.join(',')}`).join(' ')
}

/** Of all that the arcs of a whole path decide. */
function scoreOf(arcs: readonly Arc[], score: SelectionScore): number {
  let open: PartialPath['open'] = new Map()
  let sum = 0
  for (const arc of arcs) {
    sum += gainOf(arc, score)
    open = settle(open, arc, [], score).open
  }
  return [...open.values()].reduce((all, { decision, options }) => all + score(decision, options), sum)
}

/** Without paths that cost at least as much as another one with the same open selections and are no better. */
function front(paths: readonly PartialPath[]): readonly PartialPath[] {
  const best = new Map<string, number>()
  return paths
    .toSorted((a, b) => a.key - b.key)
    .filter((path) => {
      const place = openKey(path)
      const isBetter = path.score > (best.get(place) ?? -Infinity)
      if (isBetter) best.set(place, path.score)
      return isBetter
    })
}

function arcsOf(path: PartialPath): readonly Arc[] {
  const arcs: Arc[] = []
  for (let at: PartialPath | undefined = path; at; at = at.before) if (at.arc) arcs.push(at.arc)
  return arcs.reverse()
}
