import type { PrimitiveRules, WeightRule } from '../../ir/model/operation.js'
import type { Expression } from '../../ir/model/expression.js'
import { conventionNamed } from '../../space/cost/convention.js'
import { outFields, weightInits, weightRoles } from '../check/declarations/extern.js'
import type * as ast from '../syntax/ast.js'
import { lowerExpression } from './expression.js'
import { labelled, type LoweringContext } from './lowering.js'

/** How weights start where the declaration does not say. */
const usualInit: Readonly<Record<WeightRule['role'], WeightRule['init']>> = {
  kernel: 'he_normal',
  bias: 'zeros',
  scale: 'ones',
  shift: 'zeros',
}

export function lowerRules(context: LoweringContext, rules: readonly ast.ExternRule[]): PrimitiveRules {
  const requires: PrimitiveRules['requires'][number][] = []
  const out: [string, Expression][] = []
  const weights: WeightRule[] = []
  const costs: [string, Expression][] = []
  let macs: Expression | undefined
  for (const rule of rules) {
    switch (rule.kind) {
      case 'require': {
        const test = lowerExpression(context, rule.test)
        requires.push(rule.message === undefined ? { test } : { test, message: rule.message })
        break
      }
      case 'out':
        for (const { path, value } of rule.assignments) {
          const field = outFields.find((name) => name === path.head.text)
          if (field !== undefined) out.push([field, lowerExpression(labelled(context, field), value)])
        }
        break
      case 'weight':
        weights.push(lowerWeight(context, rule))
        break
      case 'macs':
        macs = lowerExpression(context, rule.value)
        break
      case 'cost':
        costs.push([
          conventionNamed(rule.convention.text) ?? rule.convention.text,
          lowerExpression(context, rule.value),
        ])
        break
      case 'binds':
      case 'selects':
      case 'needs':
      // Of components, whose rules are no part of operations.
    }
  }
  return {
    requires,
    out: Object.fromEntries(out),
    weights,
    costs: Object.fromEntries(costs),
    ...(macs === undefined ? {} : { macs }),
  }
}

function lowerWeight(context: LoweringContext, rule: ast.WeightRule): WeightRule {
  const role = weightRoles.find((name) => name === rule.role?.text) ?? 'kernel'
  return {
    name: rule.name.text,
    shape: rule.shape.map((size) => lowerExpression(context, size)),
    role,
    init: weightInits.find((name) => name === rule.init?.text) ?? usualInit[role],
    ...(rule.when === undefined ? {} : { when: lowerExpression(context, rule.when) }),
  }
}
