import type { Ir } from '../../ir/model/ir.js'
import type { ParamValues } from '../../space/index.js'
import { decisionsOf } from './decisions.js'

/**
 * Paths of the decisions that a space has when what was found in it is trained, and not when it is searched, so that no
 * search can answer them: `cells = 2` leaves out a cell that a network of 20 has.
 *
 * @throws ElaborationFailure where the space cannot be built under one of the params
 */
export function leftOutDecisions(
  ir: Ir,
  space: string,
  params: { readonly searched: ParamValues; readonly trained: ParamValues },
): readonly string[] {
  if (params.searched === params.trained) return []
  const searched = new Set(decisionsOf(ir, space, { params: params.searched }).map(({ path }) => path))
  return decisionsOf(ir, space, { params: params.trained }).flatMap(({ path }) => (searched.has(path) ? [] : [path]))
}
