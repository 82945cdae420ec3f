import type * as ast from '../syntax/ast.js'
import type { Binder } from './binder.js'
import { bindExpression } from './expression.js'
import { bindParameters } from './parameters.js'
import { nestedScope, symbolScope, type Resolution } from './scope.js'

/** Resolves the parameters and rules of an `extern`. Behind `require` and `out`, rules see the map `out`. */
export function bindRules(binder: Binder, declaration: ast.ExternDeclaration): void {
  const parameters = bindParameters(binder, declaration.parameters)
  const out = new Map<string, Resolution>([['out', { kind: 'map', name: 'out' }]])
  const before: Binder = { ...binder, scope: symbolScope(parameters, binder.scope) }
  const after: Binder = { ...binder, scope: symbolScope(parameters, nestedScope(out, binder.scope)) }
  for (const rule of declaration.rules) {
    switch (rule.kind) {
      case 'require':
        bindExpression(before, rule.test)
        break
      case 'out':
        for (const { value } of rule.assignments) bindExpression(before, value)
        break
      case 'weight':
        for (const size of rule.shape) bindExpression(after, size)
        if (rule.when !== undefined) bindExpression(after, rule.when)
        break
      case 'macs':
      case 'cost':
        bindExpression(after, rule.value)
        break
      case 'needs':
        if (rule.when !== undefined) bindExpression(before, rule.when)
        break
      case 'binds':
      case 'selects':
    }
  }
}
