import type { Expression } from '../../../ir/model/expression.js'
import { feasibleBranches } from '../../diagram/feasible-branches.js'
import type { Layer, Transition } from '../../diagram/layer.js'
import { shapeKey } from '../../diagram/state.js'
import { cellLayer, transitionTo, type CellAnalysis } from './cell-analysis.js'
import { openParts } from './cell-plan.js'
import { cellReads } from './cell-reads.js'
import type { CellPart } from './instance-costs.js'
import { variableShape } from './variable-shape.js'

/** What happens to one input before the nodes see it. It costs nothing where the output does not hang on the input. */
export function prepareLayer(analysis: CellAnalysis, name: string, through: Expression): Layer {
  const use = analysis.plan.use.name
  const part = preparePart(analysis, name, through)
  return cellLayer(analysis, {
    at: `${use}.prepare.${name}`,
    cell: use,
    transitions(now, fail) {
      const isUsed = now.frame.inputs.includes(name)
      const tree = analysis.costsOf(part, now.groups)
      return feasibleBranches(tree, (path) => now.state.selected.get(path), fail).map(
        ({ selections, value }): Transition =>
          transitionTo(now, now.cell, selections, isUsed ? value : analysis.noCosts),
      )
    },
    reads: cellReads(analysis, [through], (rest) => rest.startsWith('prepare.') && rest.endsWith(`[${name}]`)),
  })
}

function preparePart({ context }: CellAnalysis, name: string, through: Expression): CellPart {
  return {
    key: `prepare ${name}`,
    inputs: ({ raw }) => raw,
    costs(decider, group) {
      const { parts, builder } = openParts(context, decider, group.copy, group.raw)
      const end = parts.prepared(name, through)
      const found = builder.shape(end)
      if (shapeKey(found) !== shapeKey(group.states.get(name))) throw variableShape(group.copy, name, [found])
      return context.costs(builder, end)
    },
  }
}
