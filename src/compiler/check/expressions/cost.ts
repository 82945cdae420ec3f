import { costVariants, type CostVariant } from '../../../ir/model/expression.js'
import { suggest } from '../../diagnostics/suggest.js'
import type * as ast from '../../syntax/ast.js'
import { locationOf, resolutionOf, type Checker } from '../checker.js'
import { number, unknown, type Type } from '../types/type.js'
import { costType } from './amounts.js'
import { checkConventionOf } from './convention.js'

/** `macs`, `macs(full)`: in a `require` a number, that of the architecture it speaks of. */
export function costNamed(checker: Checker, cost: ast.NameExpression | ast.CallExpression): Type {
  if (checker.requires) return number
  const named = cost.kind === 'call' ? cost.callee : cost
  const name = named.kind === 'name-expression' ? named.name.text : ''
  return costType({ name, location: locationOf(checker, cost) })
}

/** What can stand behind the dot of a cost; nothing where the target is none. */
export function variantsOf(checker: Checker, target: ast.Expression): readonly CostVariant[] | undefined {
  const named = target.kind === 'call' ? target.callee : target
  const resolution = named.kind === 'name-expression' ? resolutionOf(checker, named.name) : undefined
  if (resolution?.kind === 'cost') return costVariants.filter((variant) => variant !== 'reference')
  const isPredictor = resolution?.kind === 'symbol' && resolution.symbol.kind === 'predictor'
  return isPredictor && target.kind === 'name-expression' ? costVariants : undefined
}

/** `macs.expected`, `macs(full).effective`, `latency.reference` */
export function inferVariant(
  checker: Checker,
  { target, name }: ast.FieldExpression,
  variants: readonly CostVariant[],
): Type {
  if (target.kind === 'call') checkConventionOf(checker, target)
  if (name.missing) return unknown
  const location = locationOf(checker, name)
  // A `require` is about one architecture, in which nothing is weighted.
  if (checker.requires) {
    checker.report.add('no-fields', location, { found: 'a number', name: name.text })
    return unknown
  }
  if (!variants.some((variant) => variant === name.text)) {
    const notes = [`of a cost: ${variants.join(', ')}`]
    checker.report.add(
      'unknown-variant',
      location,
      { name: name.text },
      { notes, ...suggest(name.text, variants, location) },
    )
    return unknown
  }
  return costType()
}
