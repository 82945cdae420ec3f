import type { Expression } from '../../../ir/model/expression.js'
import type { Ir } from '../../../ir/model/ir.js'
import { definitionsOf } from '../../../space/expressions/definitions.js'
import { isComponentUse, type ComponentUse } from '../components/component-use.js'

/**
 * A derivation that judges by what the search says (`score`), where it does not say so itself: `derive best of 3` beside
 * `score batch_loss` is `best of 3 by batch_loss`.
 *
 * @param by as it is written
 * @param use what that comes to, defaults filled in
 */
export function judgingBy(ir: Ir, by: Expression, use: ComponentUse, score: ComponentUse | undefined): ComponentUse {
  const { constants, components } = definitionsOf(ir)
  if (score === undefined) return use
  if (by.kind === 'constant') {
    const constant = constants.get(by.id)
    return constant === undefined ? use : judgingBy(ir, constant.value, use, score)
  }
  if (by.kind !== 'component') return use
  const judged = (components.get(by.component)?.parameters ?? []).flatMap(({ name, type }) => {
    const [written, value] = [by.arguments[name], use.arguments[name]]
    if (type === 'score' && written === undefined) return [[name, score] as const]
    return written === undefined || value === undefined || !isComponentUse(value)
      ? []
      : [[name, judgingBy(ir, written, value, score)] as const]
  })
  return { ...use, arguments: { ...use.arguments, ...Object.fromEntries(judged) } }
}
