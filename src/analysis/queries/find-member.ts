import type { Ir } from '../../ir/model/ir.js'
import { isMeant } from '../costs/cost-query.js'
import type { Arc } from '../diagram/diagram.js'
import type { Selection } from '../diagram/decision-tree.js'
import { analysisOf, costQueryOf, type AnalysisOptions, type Bounds } from './analysis.js'
import { sampleOn, type Sample } from './sampler.js'

/** Path of a decision -> indices of the options that it takes, also of decisions that an architecture may not meet. */
export type SelectionsByPath = Readonly<Record<string, readonly number[]>>

/** The architecture that takes these selections wherever it is asked; undefined where there is none that is allowed. */
export type MemberFinder = (selections: SelectionsByPath) => Sample | undefined

/** The best path to a state: the one that takes most of the selections that are given piece by piece. */
interface PartialPath {
  readonly taken: number
  readonly arc?: Arc
  readonly before?: PartialPath
}

/**
 * Prepares to look architectures up by their selections, among those that satisfy all constraints and `where` besides.
 *
 * @throws Failure as `countArchitectures`
 */
export function memberFinder(
  ir: Ir,
  space: string,
  options: AnalysisOptions,
  where: readonly Bounds[] = [],
): MemberFinder {
  const analysis = analysisOf(ir, space, options)
  const query = costQueryOf(analysis, where)
  const layers = analysis.diagram.layers.map(({ arcs }) => byState(arcs))
  return (selections) => {
    let paths: ReadonlyMap<number, PartialPath> = new Map([[0, { taken: 0 }]])
    for (const arcsFrom of layers) {
      const after = new Map<number, PartialPath>()
      for (const [state, before] of paths) {
        for (const arc of arcsFrom.get(state) ?? []) {
          const taken = takenBy(arc, selections)
          if (taken === undefined) continue
          const path = { taken: before.taken + taken, arc, before }
          const known = after.get(arc.to)
          if (known === undefined || known.taken < path.taken) after.set(arc.to, path)
        }
      }
      paths = after
    }
    for (const path of [...paths.values()].sort((a, b) => b.taken - a.taken)) {
      const arcs = arcsOf(path)
      const sample = sampleOn(analysis, arcs)
      const isWhole = Object.entries(sample.architecture.decisions).every(([name, taken]) =>
        same(taken, selections[name]),
      )
      if (isWhole && isMeant(query, arcs)) return sample
    }
    return undefined
  }
}

/** How many of the selections that are given piece by piece an arc takes; undefined where it takes something else. */
function takenBy({ selections }: Arc, asked: SelectionsByPath): number | undefined {
  let taken = 0
  for (const selection of selections) {
    if (!agrees(selection, asked[selection.decision.path])) return undefined
    if (selection.partial) taken += selection.options.length
  }
  return taken
}

function byState(arcs: readonly Arc[]): ReadonlyMap<number, readonly Arc[]> {
  const found = new Map<number, Arc[]>()
  for (const arc of arcs) {
    const known = found.get(arc.from)
    if (known) known.push(arc)
    else found.set(arc.from, [arc])
  }
  return found
}

function agrees({ options, partial }: Selection, answer: readonly number[] | undefined): boolean {
  return partial ? options.every((option) => answer?.includes(option) === true) : same(options, answer)
}

function same(options: readonly number[], answer: readonly number[] = []): boolean {
  return options.length === answer.length && options.every((option) => answer.includes(option))
}

function arcsOf(path: PartialPath): readonly Arc[] {
  const arcs: Arc[] = []
  for (let at: PartialPath | undefined = path; at; at = at.before) if (at.arc) arcs.push(at.arc)
  return arcs.reverse()
}
