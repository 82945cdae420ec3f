import type { Layer } from '../../diagram/layer.js'
import { cellLayer, transitionTo, type CellAnalysis } from './cell-analysis.js'

/** Drops the cells whose output turned out to hang on other inputs than their frame says. */
export function checkInputsLayer(analysis: CellAnalysis): Layer {
  const { cell, use } = analysis.plan
  return cellLayer(analysis, {
    at: use.name,
    cell: use.name,
    transitions(now) {
      const used = cell.inputs.filter((name) => now.cell.used.includes(name))
      const agrees = used.length === now.frame.inputs.length && used.every((name) => now.frame.inputs.includes(name))
      return agrees ? [transitionTo(now, now.cell, [], analysis.noCosts)] : []
    },
    reads: () => false,
  })
}

/** Forgets the cell. A layer of its own: what a constraint asks of the graph is still known before it. */
export function leaveLayer(analysis: CellAnalysis): Layer {
  return cellLayer(analysis, {
    at: analysis.plan.use.name,
    transitions: (now) => [transitionTo(now, undefined, [], analysis.noCosts)],
    reads: () => false,
  })
}
