import { definitionsOf } from '../../space/expressions/definitions.js'
import type { Expression } from '../../ir/model/expression.js'
import type { Ir } from '../../ir/model/ir.js'
import type { BindingWord, IrComponent } from '../../ir/model/search.js'

/** The component that an expression uses, by a `let` too; undefined where it uses none. */
export function componentOf(ir: Ir, expression: Expression): IrComponent | undefined {
  const { constants, components } = definitionsOf(ir)
  if (expression.kind === 'constant') {
    const constant = constants.get(expression.id)
    return constant && componentOf(ir, constant.value)
  }
  return expression.kind === 'component' ? components.get(expression.component) : undefined
}

/** Whether a component says that it binds so. */
export function binds(ir: Ir, expression: Expression, word: BindingWord): boolean {
  return componentOf(ir, expression)?.binding === word
}
