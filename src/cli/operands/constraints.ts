import { requiresOf } from '../../analysis/index.js'
import { spaceOf } from '../../space/expressions/definitions.js'
import type { Ir } from '../../ir/model/ir.js'

/** The constraints of a space as they are written, those of its cells with the names under which it uses them. */
export function constraintTexts(ir: Ir, space: string): readonly string[] {
  const names = new Map<object, string[]>()
  const stated = requiresOf(ir, spaceOf(ir, space))
  for (const { require, cell } of stated) names.set(require, [...(names.get(require) ?? []), ...(cell ? [cell] : [])])
  return [...new Set(stated.map(({ require }) => require))].map((require) => {
    const cells = names.get(require) ?? []
    return cells.length === 0 ? require.text : `${require.text} (in ${cells.join(', ')})`
  })
}
