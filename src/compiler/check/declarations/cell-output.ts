import type { Merge } from '../../../ir/model/expression.js'
import { suggest } from '../../diagnostics/suggest.js'
import { merges } from '../../names/builtins.js'
import type * as ast from '../../syntax/ast.js'
import { resolutionOf, locationOf, type Checker } from '../checker.js'
import { checkArity } from '../expressions/choice.js'
import { expectType } from '../expressions/expression.js'
import { checkProjection } from './projection.js'
import { statesNamed, type Topology } from './topology.js'

/** A term of a cell's output: some of its feature maps, merged, with an operation on them. */
export interface OutputTerm {
  readonly merge?: Merge
  readonly references: readonly StateReference[]
  readonly arity?: ast.Arity
  /** `project`, or an operation by name; absent in the first term. */
  readonly through?: ast.NameExpression
}

export interface StateReference {
  readonly name: ast.Name
  readonly index?: ast.Expression
  readonly node: ast.Expression
}

/** Takes the output of a cell apart; `undefined` where it is no output, which is reported if there is a report. */
export function outputTerms(
  checker: Checker,
  value: ast.Expression,
  silent = false,
): readonly OutputTerm[] | undefined {
  const refuse = (node: ast.Expression): void => {
    if (!silent && node.kind !== 'missing') checker.report.add('unsupported-output', locationOf(checker, node), {})
  }
  const orRefuse = <T>(node: ast.Expression, value: T | undefined): T | undefined => {
    if (value === undefined) refuse(node)
    return value
  }
  const first = (node: ast.Expression): OutputTerm | undefined => {
    if (node.kind === 'group') return first(node.inner)
    const merged = node.kind === 'call' ? mergeOf(checker, node.callee) : undefined
    if (node.kind === 'call' && merged !== undefined) {
      const chosen = orRefuse(node, chosenStates(node.arguments.map((argument) => argument.value)))
      return chosen && { merge: merged, ...chosen }
    }
    return orRefuse(node, chosenStates([node]))
  }
  const further = (node: ast.Expression): OutputTerm | undefined => {
    if (node.kind === 'call' && node.callee.kind === 'name-expression' && mergeOf(checker, node.callee) === undefined) {
      const chosen = orRefuse(node, chosenStates(node.arguments.map((argument) => argument.value)))
      return chosen && { through: node.callee, ...chosen }
    }
    return first(node)
  }
  if (value.kind === 'binary' && value.operator === '+') {
    const left = outputTerms(checker, value.left, silent)
    const right = further(value.right)
    if (left === undefined || right === undefined) return undefined
    if (right.through !== undefined) return [...left, right]
    // Without an operation, terms are only added to a sum of others like them.
    const [only, ...others] = left
    if (only !== undefined && others.length === 0 && isPlainSum(only) && isPlainSum(right)) {
      return [{ merge: 'sum', references: [...only.references, ...right.references] }]
    }
    refuse(value.right)
    return undefined
  }
  const term = first(value)
  return term === undefined ? undefined : [term]
}

function isPlainSum({ merge, arity }: OutputTerm): boolean {
  return (merge === undefined || merge === 'sum') && arity === undefined
}

function mergeOf(checker: Checker, callee: ast.Expression): Merge | undefined {
  const resolution = callee.kind === 'name-expression' ? resolutionOf(checker, callee.name) : undefined
  return resolution?.kind === 'merge' ? resolution.merge : undefined
}

/** `n`, `n[1], s0`, `{ x }`, `any 1.. of n`. */
function chosenStates(
  nodes: readonly ast.Expression[],
): { readonly references: readonly StateReference[]; readonly arity?: ast.Arity } | undefined {
  const [only] = nodes
  if (nodes.length === 1 && only?.kind === 'choice') {
    const inner = chosenStates([only.options])
    if (inner === undefined || inner.arity !== undefined || only.arity === undefined) return undefined
    return { references: inner.references, arity: only.arity }
  }
  const references: StateReference[] = []
  for (const node of nodes) {
    if (node.kind === 'set') {
      const inner = chosenStates(node.items)
      if (inner === undefined || inner.arity !== undefined) return undefined
      references.push(...inner.references)
    } else if (node.kind === 'group') {
      const inner = chosenStates([node.inner])
      if (inner === undefined || inner.arity !== undefined) return undefined
      references.push(...inner.references)
    } else if (node.kind === 'name-expression') references.push({ name: node.name, node })
    else if (node.kind === 'index' && node.target.kind === 'name-expression') {
      references.push({ name: node.target.name, index: node.index, node })
    } else return undefined
  }
  return { references }
}

/** Checks the output and says which feature maps it holds; `undefined` where that is not known. */
export function checkOutput(
  checker: Checker,
  output: ast.OutputItem,
  topology: Topology,
): readonly string[] | undefined {
  const terms = outputTerms(checker, output.value)
  if (terms === undefined) return undefined
  const found: string[] = []
  let known = true
  for (const term of terms) {
    const available: string[] = []
    for (const reference of term.references) {
      const states = checkReference(checker, reference, topology)
      if (states === undefined) known = false
      else available.push(...states)
    }
    found.push(...available)
    if (term.arity !== undefined) {
      checkArity(checker, term.arity, known ? available.length : undefined, 'source', locationOf(checker, output.value))
    }
    if (term.through !== undefined) {
      if (resolutionOf(checker, term.through.name)?.kind === 'form') checkProjection(checker, term.through)
      else expectType(checker, term.through, { type: 'operation' })
    }
  }
  return known ? found : undefined
}

function checkReference(
  checker: Checker,
  reference: StateReference,
  topology: Topology,
): readonly string[] | undefined {
  const resolution = resolutionOf(checker, reference.name)
  if (resolution === undefined) return undefined
  if (resolution.kind !== 'symbol' || (resolution.symbol.kind !== 'node' && resolution.symbol.kind !== 'feature-map')) {
    checker.report.add('unsupported-output', locationOf(checker, reference.node), {})
    return undefined
  }
  if (reference.index !== undefined) expectType(checker, reference.index, { type: 'int' })
  const states = statesNamed(checker, topology, reference.name.text, reference.index)
  const family = topology.nodes.find(({ declaration }) => declaration.name.text === reference.name.text)
  const stray = states?.find(
    (state) => !topology.inputs.includes(state) && !topology.nodes.some(({ members }) => members?.includes(state)),
  )
  if (stray !== undefined && family?.members !== undefined) {
    checker.report.add(
      'no-member',
      locationOf(checker, reference.node),
      { name: stray },
      {
        notes: [`its members are ${family.members.join(', ')}`],
      },
    )
    return undefined
  }
  return states
}

export function checkMerge(checker: Checker, by: ast.Name): void {
  if (by.missing || mergeNamed(by.text) !== undefined) return
  const location = locationOf(checker, by)
  checker.report.add(
    'unknown-merge',
    location,
    { name: by.text },
    {
      notes: [`inputs are merged by ${merges.join(', ')}`],
      ...suggest(by.text, merges, location),
    },
  )
}

export function mergeNamed(text: string): Merge | undefined {
  return merges.find((merge) => merge === text)
}
