import { spaceOf } from '../../space/expressions/definitions.js'
import type { Decision } from '../../space/decisions/decision.js'
import { decisionsOf } from './decisions.js'
import type { Ir } from '../../ir/model/ir.js'
import {
  analysisOf,
  analysisUnder,
  isPossible,
  positionOf,
  constraintsIn,
  contextOf,
  type Analysis,
  type AnalysisOptions,
} from './analysis.js'
import { costRanges } from '../costs/cost-ranges.js'
import type { Diagram } from '../diagram/diagram.js'
import { createContext } from '../diagram/layer.js'
import { headOf } from '../layers/reach.js'

/** An option that no architecture can take. */
export interface DeadOption {
  readonly decision: Decision
  /** Position in its options. */
  readonly option: number
  /** Why: the constraints that exclude it, or what of its shapes does not fit. */
  readonly reason: string
  /** The first `require` that may exclude it. */
  readonly require?: object
}

/**
 * Options that no architecture can take, under all constraints. Of costs that must lie between two bounds, an option is
 * dead if even its cheapest architecture is too dear, or its dearest too cheap.
 *
 * @throws Failure as `countArchitectures`
 */
export function deadOptions(ir: Ir, space: string, options: AnalysisOptions): readonly DeadOption[] {
  const analysis = analysisOf(ir, space, options)
  const { constraints, diagram, context } = analysis
  const alive = aliveIn(diagram, costTests(analysis))
  const dead = [...diagram.decisions.values()].flatMap((decision) =>
    decision.options.flatMap((_, option) => (alive.get(decision.path)?.has(option) ? [] : [{ decision, option }])),
  )
  if (dead.length === 0) return []
  // Without constraints, what is left can only be what does not fit.
  const free = constraints.length === 0 ? alive : aliveIn(analysisUnder(context, [], options).diagram, [])
  const texts = constraints.map(({ text }) => `\`${text}\``).join(', ')
  const failure = diagram.misfits[0]?.failure
  return dead.map(({ decision, option }) => {
    const fits = free.get(decision.path)?.has(option) ?? false
    const reason = fits
      ? `the constraints exclude it: ${texts}`
      : `it does not fit: ${failure?.message ?? 'its place never exists'}`
    const blamed = fits ? constraints.find((each) => each.mentions(decision.path) || each.costs.length > 0) : undefined
    return { decision, option, reason, ...(blamed ? { require: blamed.require } : {}) }
  })
}

/**
 * The same without options that are taken at another place of the choice as it is written: in another layer of the stage, on
 * another edge of the cell. Of each that is left, one.
 */
export function deadChoices(ir: Ir, space: string, options: AnalysisOptions): readonly DeadOption[] {
  const keyOf = ({ path, kind, options: all }: Decision): string => JSON.stringify([headOf(path), kind, all])
  const alike = new Map<string, number>()
  for (const decision of analysisOf(ir, space, options).diagram.decisions.values())
    alike.set(keyOf(decision), (alike.get(keyOf(decision)) ?? 0) + 1)
  const groups = new Map<string, DeadOption[]>()
  for (const dead of deadOptions(ir, space, options)) {
    const key = `${keyOf(dead.decision)} ${dead.option}`
    groups.set(key, [...(groups.get(key) ?? []), dead])
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    return first && group.length === alike.get(keyOf(first.decision)) ? [first] : []
  })
}

/** Options that are on no path of a diagram. */
export function deadIn(diagram: Diagram): readonly Omit<DeadOption, 'reason'>[] {
  const alive = aliveIn(diagram, [])
  return [...diagram.decisions.values()].flatMap((decision) =>
    decision.options.flatMap((_, option) => (alive.get(decision.path)?.has(option) ? [] : [{ decision, option }])),
  )
}

/** As many states as are gone on with where it is to be seen soon that nothing is wrong. */
const narrow = 64

/**
 * Whether a narrow part of the diagram already shows that there are architectures under all constraints, and that each
 * option of each decision is one that some of them can take: then there is no {@link findContradiction}, and there are no
 * {@link deadOptions}. False says nothing.
 *
 * @throws Failure as `countArchitectures`
 */
export function isSurelySound(ir: Ir, space: string, options: AnalysisOptions): boolean {
  const bare = createContext(ir, spaceOf(ir, space), options, [])
  const constraints = constraintsIn(bare)
  // Costs are only counted where something is required of them.
  const context = constraints.some(({ costs }) => costs.length > 0) ? contextOf(ir, space, options) : bare
  const analysis = analysisUnder(context, constraints, { width: narrow })
  if (!isPossible(analysis)) return false
  const alive = aliveIn(analysis.diagram, costTests(analysis))
  return decisionsOf(ir, space, options).every(({ path, options: all }) =>
    all.every((_, option) => alive.get(path)?.has(option) ?? false),
  )
}

interface CostTest {
  readonly position: number
  readonly least: number
  readonly most: number
}

function costTests(analysis: Analysis): readonly CostTest[] {
  return analysis.constraints.flatMap(({ interval, costs: [name] }): readonly CostTest[] =>
    interval && name ? [{ ...interval, position: positionOf(analysis, name) }] : [],
  )
}

/** Options on some path through a diagram that can be cheap and dear enough. */
function aliveIn(diagram: Diagram, tests: readonly CostTest[]): ReadonlyMap<string, ReadonlySet<number>> {
  const ranges = tests.map((test) => ({ ...test, ...costRanges(diagram, (costs) => costs[test.position] ?? 0) }))
  const alive = new Map<string, Set<number>>()
  diagram.layers.forEach(({ arcs }, layer) => {
    for (const { from, to, selections, costs } of arcs) {
      if (selections.length === 0) continue
      const fits = ranges.every(({ position, least, most, before, after }) => {
        const cost = costs[position] ?? 0
        const lowest = (before[layer]?.least[from] ?? 0) + cost + (after[layer + 1]?.least[to] ?? 0)
        const highest = (before[layer]?.greatest[from] ?? 0) + cost + (after[layer + 1]?.greatest[to] ?? 0)
        return lowest <= most && highest >= least
      })
      if (!fits) continue
      for (const { decision, options } of selections) {
        const known = alive.get(decision.path) ?? new Set<number>()
        alive.set(decision.path, known)
        for (const option of options) known.add(option)
      }
    }
  })
  return alive
}
