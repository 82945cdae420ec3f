import type { AnalysisContext, Layer } from '../../diagram/layer.js'
import { createCellAnalysis, type CellAnalysis } from './cell-analysis.js'
import type { CellPlan } from './cell-plan.js'
import type { CellTests } from './cell-tests.js'
import { checkInputsLayer, leaveLayer } from './closing-layers.js'
import { edgeLayer } from './edge-layer.js'
import { edgeOptions } from './edge-option.js'
import { nodeLayer } from './node-layer.js'
import { outputLayer } from './output-layer.js'
import { prepareLayer } from './prepare-layer.js'

/**
 * Layers of one cell of a space, for all of its instances at once: from the output back to the inputs, so that it is known
 * of every map whether the output hangs on it before anything is settled about it.
 *
 * @param isRepeated whether a stack before this one may have the cell too
 */
export function cellLayers(
  context: AnalysisContext,
  plan: CellPlan,
  layoutOf: CellAnalysis['layoutOf'],
  tests: CellTests,
  isRepeated: boolean,
): readonly Layer[] {
  const analysis = createCellAnalysis(context, plan, layoutOf, tests, isRepeated)
  const nodes = plan.nodes
    .toReversed()
    .flatMap((node) => [...edgeOptions(plan, node).map((edge) => edgeLayer(analysis, edge)), nodeLayer(analysis, node)])
  const prepares = plan.cell.prepare.flatMap(({ inputs, through }) =>
    inputs.map((name) => prepareLayer(analysis, name, through)),
  )
  return [outputLayer(analysis), ...nodes, ...prepares, checkInputsLayer(analysis), leaveLayer(analysis)]
}
