import type * as ast from '../syntax/ast.js'
import type { Resolution } from './scope.js'

/** The first name of `stage2.width`, `n[3].from`, `normal.n1.through[s0]`, where there is one. */
export function headOfPath(expression: ast.Expression): ast.NameExpression | undefined {
  if (expression.kind === 'field' || expression.kind === 'index') return headOfPath(expression.target)
  if (expression.kind === 'call') return headOfPath(expression.callee)
  return expression.kind === 'name-expression' ? expression : undefined
}

/** Whether decisions are made in what a name stands for: fields and indices behind it lead to one of them. */
export function ownsDecisions(resolution: Resolution | undefined): boolean {
  if (resolution?.kind === 'part') return true
  if (resolution?.kind !== 'symbol') return false
  const { kind } = resolution.symbol
  return kind === 'stage' || kind === 'instance' || kind === 'node'
}

/**
 * Whether an expression in a `require` is the path of a decision: `normal.n1.from`, `kernel[2]`, `block(3).kernel`. A name alone
 * is one where it stands for nothing that has a value; `s0.width` and `macs.effective` are none.
 */
export function isPathInRequire(expression: ast.Expression, resolution: Resolution): boolean {
  if (expression.kind === 'name-expression') return hasNoValue(resolution)
  if (expression.kind === 'call')
    return expression.callee.kind !== 'name-expression' && isPathInRequire(expression.callee, resolution)
  if (expression.kind !== 'field' && expression.kind !== 'index') return false
  if (resolution.kind === 'symbol')
    return resolution.symbol.kind !== 'feature-map' && resolution.symbol.kind !== 'predictor'
  return resolution.kind !== 'cost' && resolution.kind !== 'map' && resolution.kind !== 'unknown'
}

/** Names that something else has too: what is chosen may be named after a parameter called `sum`, or like a cell. */
function hasNoValue(resolution: Resolution): boolean {
  switch (resolution.kind) {
    case 'symbol':
      return ['instance', 'stage', 'cell'].includes(resolution.symbol.kind)
    case 'part':
    case 'aggregate':
    case 'function':
    case 'merge':
    case 'form':
      return true
    default:
      return false
  }
}

/**
 * The path of a decision as architectures write it: `stage2.width`, `s3.layer[1].kernel`, `normal.n1.through[s0]`. A member of a
 * family of nodes has no brackets: `n3.from` of `n[3].from`.
 *
 * @param isNode whether the first name is a node
 * @param textOf what is written at a place: options with arguments stand in a path as they print, without blanks
 * @returns the index that is neither a number nor a source, where there is one
 */
export function decisionPath(
  expression: ast.Expression,
  isNode: boolean,
  textOf: (call: ast.CallExpression) => string = () => '',
): { readonly path: string } | { readonly wrong: ast.Expression } {
  switch (expression.kind) {
    case 'name-expression':
      return { path: expression.name.text }
    case 'field': {
      const target = decisionPath(expression.target, isNode, textOf)
      return 'wrong' in target ? target : { path: `${target.path}.${expression.name.text}` }
    }
    case 'index': {
      const target = decisionPath(expression.target, isNode, textOf)
      if ('wrong' in target) return target
      const index = indexText(expression.index)
      if (index === undefined) return { wrong: expression.index }
      const isMember = isNode && !target.path.includes('.')
      return { path: isMember ? `${target.path}${index}` : `${target.path}[${index}]` }
    }
    case 'call': {
      const callee = decisionPath(expression.callee, isNode, textOf)
      return 'wrong' in callee ? callee : { path: `${callee.path}${textOf(expression)}` }
    }
    default:
      return { wrong: expression }
  }
}

/** `2`, `s0`, `n1`, `n[1]`. */
function indexText(index: ast.Expression): string | undefined {
  if (index.kind === 'number') return String(index.value)
  if (index.kind === 'name-expression') return index.name.text
  if (index.kind !== 'index' || index.target.kind !== 'name-expression' || index.index.kind !== 'number')
    return undefined
  return `${index.target.name.text}${index.index.value}`
}
