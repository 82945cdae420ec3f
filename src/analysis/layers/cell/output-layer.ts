import { mergedShape } from '../../../space/network/merged-shape.js'
import type { Decider } from '../../../space/decisions/decider.js'
import { sum, type Layer, type Transition } from '../../diagram/layer.js'
import { feasibleBranches } from '../../diagram/feasible-branches.js'
import { shapeKey } from '../../diagram/state.js'
import { isWithin } from '../reach.js'
import { cellLayer, transitionTo, type CellAnalysis, type CellState } from './cell-analysis.js'
import type { CellFrame, InstanceGroup } from './cell-frame.js'
import { openParts } from './cell-plan.js'
import { cellReads } from './cell-reads.js'
import { frameMerging } from './frame-merging.js'
import { mergeCosts, type BuiltPart, type CellPart } from './instance-parts.js'

/** The first layer of a cell: its output, which tells what of the cell is used at all. */
export function outputLayer(analysis: CellAnalysis): Layer {
  const { context, plan, layoutOf } = analysis
  const { cell } = plan
  const use = plan.use.name
  const mergedFrames = frameMerging(use)
  return cellLayer(analysis, {
    at: `${use}.output`,
    cell: use,
    transitions(now, fail) {
      const { state, frame, groups, progress } = now
      const [main = []] = frame.chosen
      const terms = termsOf(frame)
      const summed = (main.length > 0 ? 1 : 0) + terms.length
      const merges = (main.length > 1 ? 1 : 0) + (summed > 1 ? 1 : 0)
      const costs = mergeCosts(context, groups, ({ merged }) => merged, merges)
      const begun = withEdges(analysis, now)
      // From here on, only what the output is like matters, and no longer what it takes.
      const frames = mergedFrames(state, progress, layoutOf(state, progress))
      const next: CellState = { ...now, progress: { ...progress, frames } }
      if (terms.length === 0) return [transitionTo(next, begun, [], costs)]
      const tree = analysis.partsOf(termsPart(analysis, terms), groups)
      return feasibleBranches(tree, (path) => state.selected.get(path), fail).flatMap(
        ({ selections, value }): readonly Transition[] => {
          const isLaidOut = groups.every(({ merged }, at) => shapeKey(merged) === shapeKey(value.shapes[at]))
          return isLaidOut ? [transitionTo(next, begun, selections, sum(costs, value.costs))] : []
        },
      )
    },
    reads: cellReads(
      analysis,
      (cell.output.plus ?? []).map(({ through }) => through),
      (rest) => isWithin(rest, 'output'),
    ),
  })
}

/** A map that a further term of the output takes: of term `index`, map `number`. */
interface OutputTerm {
  readonly name: string
  readonly index: number
  readonly number: number
}

function termsOf({ chosen }: CellFrame): readonly OutputTerm[] {
  return chosen.slice(1).flatMap((names, index) => names.map((name, number) => ({ name, index, number })))
}

/** Edges into the output are counted already; as many as make no difference any more are one number. */
function withEdges({ plan, tests }: CellAnalysis, { cell, frame }: CellState): CellState['cell'] {
  if (cell.edges === undefined) return cell
  const edges = tests.limit.settle(frame, plan.nodes.length, 0, false, cell.edges)
  return edges === undefined ? cell : { ...cell, edges }
}

function termsPart(analysis: CellAnalysis, terms: readonly OutputTerm[]): CellPart {
  return {
    key: `output ${terms.map(({ name, index }) => `${name} ${index}`).join(' ')}`,
    // The terms are asked for as many channels as the merged maps have.
    inputs: ({ states, main, copy: { channels } }) => [...states.values(), main ?? { height: 0, width: 0, channels }],
    build(decider, group) {
      const { copy } = group.copy
      const built = terms.map((term) => builtTerm(analysis, decider, group, term))
      const members = built.map(({ shape }, at) => ({ path: `${copy}.output.plus[${at + 1}]`, shape }))
      const main = group.main ? [{ path: `${copy}.output`, shape: group.main }] : []
      return {
        costs: built.reduce((all, { costs }) => sum(all, costs), analysis.noCosts),
        shape: mergedShape(`${copy}.output.plus`, 'sum', [...main, ...members]),
      }
    },
  }
}

function builtTerm(
  { context, plan }: CellAnalysis,
  decider: Decider,
  group: InstanceGroup,
  { name, index, number }: OutputTerm,
): BuiltPart {
  const shape = group.states.get(name)
  const through = plan.cell.output.plus?.[index]?.through
  if (!shape || !through) throw new Error(`the output takes ${name}, which is not laid out`)
  const { parts, builder } = openParts(context, decider, group.copy, group.prepared, { state: { name, shape } })
  const wide = group.main?.channels ?? group.copy.channels
  const end = parts.term(index, through, parts.states.get(name) ?? 0, number, wide)
  return { costs: context.costs(builder, end), shape: builder.shape(end) }
}
