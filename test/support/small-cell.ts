import { constraintsIn, contextOf } from '../../src/analysis/queries/analysis.js'
import { createCellAnalysis, type CellState } from '../../src/analysis/layers/cell/cell-analysis.js'
import type { CellFrame } from '../../src/analysis/layers/cell/cell-frame.js'
import { planCell } from '../../src/analysis/layers/cell/cell-plan.js'
import { cellTests } from '../../src/analysis/layers/cell/cell-tests.js'
import type { CellProgress } from '../../src/analysis/layers/cell/cell-progress.js'
import { compiledText } from './programs.js'

/** The analysis of a small cell, for tests of its layers one by one. */
export function smallCell(nodes: string, output: string, requires = ''): ReturnType<typeof createCellAnalysis> {
  const ir = compiledText(`
    import { conv, global_pool, linear, identity, relu } from std:nn
    cell small(x) { ${nodes} output ${output} ${requires} }
    space cells {
      input image(8, 3); classes 4
      cell normal = small
      network { stem conv(4, 3); stack 1 of normal, channels 4; head global_pool -> linear(classes) }
    }`)
  const context = contextOf(ir, 'cells', { params: {} })
  const [use] = context.space.cells
  const [cell] = ir.cells
  if (!use || !cell) throw new Error('the space has one cell')
  const plan = planCell(context, use, cell)
  const tests = cellTests(
    context,
    plan,
    constraintsIn(context).map(({ test }) => test),
  )
  const layoutOf = (): never => {
    throw new Error('no layout is asked for')
  }
  return createCellAnalysis(context, plan, layoutOf, tests, false)
}

export const nothingRead: CellProgress = { used: [], nodeInputs: 0, nodeEdges: 0, edgeOperations: 0 }

export function cellState(present: readonly string[], cell: Partial<CellProgress> = {}): CellState {
  const frame: CellFrame = { chosen: [present], asked: present, present, inputs: ['x'] }
  const progress = { plan: 'normal 4', frames: { normal: frame }, settled: [], variant: '', outputs: 'newest' as const }
  return {
    state: { maps: [], selected: new Map(), progress },
    progress,
    cell: { ...nothingRead, used: [...present], ...cell },
    groups: [],
    frame,
    isSettled: false,
  }
}
