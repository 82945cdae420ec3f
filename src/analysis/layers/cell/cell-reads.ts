import type { Expression } from '../../../ir/model/expression.js'
import { isWithin, reachOf, readsOfSpace } from '../reach.js'
import type { CellAnalysis } from './cell-analysis.js'

/**
 * Which decisions a layer of a cell may ask for: its own, and those of the space that its expressions lead to.
 *
 * @param isOwn tells by the path behind the cell's name whether a decision of some part of the cell is made in this one
 */
export function cellReads(
  { context, plan }: Pick<CellAnalysis, 'context' | 'plan'>,
  expressions: readonly Expression[],
  isOwn: (path: string) => boolean,
): (path: string) => boolean {
  const { cell, use } = plan
  const supplied = Object.values(use.arguments)
  const defaults = cell.parameters.flatMap((parameter) => parameter.default ?? [])
  const lets = [...context.space.lets, ...cell.lets]
  const ofSpace = readsOfSpace(context, reachOf(context.ir, [...expressions, ...supplied, ...defaults], lets))
  const parts = [...cell.nodes.map(({ name }) => name), 'prepare', 'output']
  const inPart = new RegExp(`^(?:${parts.join('|')})\\d*[.[]`)
  return (path) => {
    if (!isWithin(path, use.name)) return ofSpace(path)
    const rest = path.slice(use.name.length + 1)
    // Choices of the cell itself, which may be asked for anywhere in it, have no part in their path.
    return inPart.test(rest) || parts.includes(rest) ? isOwn(rest) : true
  }
}
