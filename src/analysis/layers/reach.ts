import { childrenOf } from '../../space/expressions/children.js'
import { baseName } from '../../space/expressions/labels.js'
import { pathSegments } from '../../space/decisions/decision-path.js'
import { definitionsOf } from '../../space/expressions/definitions.js'
import type { Expression } from '../../ir/model/expression.js'
import type { Ir } from '../../ir/model/ir.js'
import type { IrLet } from '../../ir/model/space.js'
import type { AnalysisContext } from '../diagram/layer.js'

/** What expressions may lead to, found without evaluating them. */
export interface Reach {
  /** Names of lets and constants. */
  readonly lets: ReadonlySet<string>
  /** Facts of the place, `layer` among them, and fields of feature maps as `field`. */
  readonly facts: ReadonlySet<string>
  /** Labels of choices. */
  readonly labels: ReadonlySet<string>
  /** True if a choice in it is made once for the whole space although it stands elsewhere. */
  readonly choosesPerSpace: boolean
  /** Names of operations. */
  readonly operations: ReadonlySet<string>
}

/** Everything that these expressions lead to through lets, constants and bodies of operations. */
export function reachOf(ir: Ir, roots: readonly Expression[], lets: readonly IrLet[]): Reach {
  const catalogue = definitionsOf(ir)
  const byName = new Map(lets.map(({ name, value }) => [name, value]))
  const names = new Set<string>()
  const facts = new Set<string>()
  /** By id: a let that a space rewrites has the name of the one before, which its new value may speak of. */
  const constants = new Set<string>()
  const operations = new Set<string>()
  const labels = new Set<string>()
  let choosesPerSpace = false
  const visit = (expression: Expression): void => {
    switch (expression.kind) {
      case 'local': {
        const value = byName.get(expression.name)
        if (value && !names.has(expression.name)) {
          names.add(expression.name)
          visit(value)
        }
        return
      }
      case 'constant': {
        const constant = catalogue.constants.get(expression.id)
        if (constant && !constants.has(constant.id)) {
          constants.add(constant.id)
          names.add(constant.name)
          visit(constant.value)
        }
        return
      }
      case 'context':
        facts.add(expression.name)
        return
      case 'field':
        facts.add('field')
        return
      case 'choice':
        labels.add(expression.label)
        if (expression.per === 'space') choosesPerSpace = true
        break
      case 'operation':
        if (!operations.has(expression.operation)) {
          operations.add(expression.operation)
          const operation = catalogue.operations.get(expression.operation)
          for (const { default: value } of operation?.parameters ?? []) if (value) visit(value)
          if (operation?.body) visit(operation.body)
        }
        break
      default:
    }
    childrenOf(expression).forEach(visit)
  }
  roots.forEach(visit)
  return { lets: names, facts, labels, choosesPerSpace, operations: new Set([...operations].map(baseName)) }
}

/**
 * Decisions that are made once for the space: those of its lets and of constants, where these are reached, and those of the
 * composed operations that a cell is given. A choice inside of a let that is a choice itself has a path that begins with its
 * own label, one inside of an operation that is written in an argument a path that begins with the operation.
 */
export function readsOfSpace(context: AnalysisContext, reach: Reach): (path: string) => boolean {
  const { space } = context
  const own = new Set(['stem', 'head'])
  for (const item of space.network) if (item.kind === 'stage') own.add(item.name)
  for (const { name } of space.cells) own.add(name)
  // Alone, the name of a part is that of a choice; an operation may be called like a part as well.
  const isOfPart = (path: string): boolean =>
    own.has(headOf(path)) && pathSegments(path).length > 1 && !reach.operations.has(headOf(path))
  return (path) => {
    if (isOfPart(path)) return false
    const head = headOf(path)
    return reach.choosesPerSpace || [reach.lets, reach.labels, reach.operations].some((names) => names.has(head))
  }
}

/** The first word of a decision's path, without its number: `mb2` of `mb2.layer[1].kernel`. */
export function headOf(path: string): string {
  return (pathSegments(path)[0] ?? path).replace(/\[[^\]]*\]$/u, '')
}

/** True if a path starts with these words, as whole words. */
export function isWithin(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`)
}
