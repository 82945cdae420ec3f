import type * as ast from '../syntax/ast.js'
import { walk } from '../syntax/visit.js'
import type { ModuleScope } from './module-scope.js'

/** Properties and clauses that a choice is named after. */
const labels: readonly string[] = ['width', 'depth', 'stride', 'layer', 'first', 'through', 'count', 'channels']

type Modules = ReadonlyMap<string, ModuleScope>

/**
 * Whether a choice somewhere in the program may be named so: after a parameter, a `let`, or where more follows an operation. What
 * a module declares and another one does not import stands for itself, and is suggested with its import.
 */
export function mayNameDecision(modules: Modules, name: string, isHead: boolean): boolean {
  return labels.includes(name) || [...modules.values()].some(({ module }) => namesIn(module.syntax, isHead).has(name))
}

/** All names of one word that a choice in the program may have. */
export function decisionNames(modules: Modules): readonly string[] {
  return [...labels, ...[...modules.values()].flatMap(({ module }) => [...namesIn(module.syntax, false)])]
}

/** By file: names of which more may follow, and names that may stand alone. */
const known = new WeakMap<ast.SyntaxFile, Map<boolean, ReadonlySet<string>>>()

function namesIn(file: ast.SyntaxFile, isHead: boolean): ReadonlySet<string> {
  const byUse = known.get(file) ?? new Map<boolean, ReadonlySet<string>>()
  known.set(file, byUse)
  const found = byUse.get(isHead) ?? collected(file, isHead)
  byUse.set(isHead, found)
  return found
}

function collected(file: ast.SyntaxFile, isHead: boolean): ReadonlySet<string> {
  const found = new Set<string>()
  walk(file, (node) => {
    const isNamed = node.kind === 'parameter' || node.kind === 'let' || node.kind === 'op'
    const isDeclared = node.kind === 'op' || (node.kind === 'let' && file.declarations.includes(node))
    if (isNamed && (isHead || !isDeclared)) found.add(node.name.text)
    return true
  })
  return found
}
