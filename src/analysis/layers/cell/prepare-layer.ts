import type { Expression } from '../../../ir/model/expression.js'
import { feasibleBranches } from '../../diagram/feasible-branches.js'
import type { Layer, Transition } from '../../diagram/layer.js'
import { shapeKey } from '../../diagram/state.js'
import { cellLayer, transitionTo, type CellAnalysis } from './cell-analysis.js'
import { openParts } from './cell-plan.js'
import { cellReads } from './cell-reads.js'
import type { CellPart } from './instance-parts.js'

/** What happens to one input before the nodes see it. It costs nothing where the output does not hang on the input. */
export function prepareLayer(analysis: CellAnalysis, name: string, through: Expression): Layer {
  const use = analysis.plan.use.name
  const part = preparePart(analysis, name, through)
  return cellLayer(analysis, {
    at: `${use}.prepare.${name}`,
    cell: use,
    transitions(now, fail) {
      const isUsed = now.frame.inputs.includes(name)
      const tree = analysis.partsOf(part, now.groups)
      return feasibleBranches(tree, (path) => now.state.selected.get(path), fail).flatMap(
        ({ selections, value: { costs, shapes } }): readonly Transition[] => {
          const isLaidOut = now.groups.every(({ states }, at) => shapeKey(states.get(name)) === shapeKey(shapes[at]))
          return isLaidOut ? [transitionTo(now, now.cell, selections, isUsed ? costs : analysis.noCosts)] : []
        },
      )
    },
    reads: cellReads(analysis, [through], (rest) => rest.startsWith('prepare.') && rest.endsWith(`[${name}]`)),
  })
}

function preparePart({ context }: CellAnalysis, name: string, through: Expression): CellPart {
  return {
    key: `prepare ${name}`,
    inputs: ({ raw }) => raw,
    build(decider, group) {
      const { parts, builder } = openParts(context, decider, group.copy, group.raw)
      const end = parts.prepared(name, through)
      return { costs: context.costs(builder, end), shape: builder.shape(end) }
    },
  }
}
