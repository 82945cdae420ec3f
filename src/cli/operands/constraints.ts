import { spaceOf } from '../../space/values/definitions.js'
import type { Ir } from '../../ir/model/ir.js'

/** The constraints of a space as they are written, those of its cells with the names under which it uses them. */
export function constraintTexts(ir: Ir, space: string): readonly string[] {
  const { requires, cells } = spaceOf(ir, space)
  const ofCells = ir.cells.flatMap((cell) => {
    const names = cells.filter((use) => use.cell === cell.id).map(({ name }) => name)
    return names.length === 0 ? [] : cell.requires.map(({ text }) => `${text} (in ${names.join(', ')})`)
  })
  return [...requires.map(({ text }) => text), ...ofCells]
}
