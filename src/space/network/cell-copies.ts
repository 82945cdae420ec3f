import type { Ir } from '../../ir/model/ir.js'
import type { CellCopy } from '../binding/placement.js'
import type { ParamValues } from '../evaluation/params.js'
import { buildNetwork } from './build-network.js'

/** The copies of cells in which something is chosen, in the order of the network. @throws ElaborationFailure as `buildNetwork` */
export function cellCopies(ir: Ir, space: string, params: ParamValues): readonly CellCopy[] {
  const found = new Map<string, CellCopy>()
  buildNetwork(ir, space, {
    params,
    mode: 'shared',
    outline: true,
    binding: ({ path }, copy) => {
      if (copy !== undefined && !found.has(copy)) {
        const position = Number(/\[(?<position>\d+)\]$/u.exec(copy)?.groups?.['position'])
        found.set(copy, { copy, position, cell: path.slice(0, path.indexOf('.')) })
      }
      return { kind: 'mix' }
    },
  })
  return [...found.values()]
}
