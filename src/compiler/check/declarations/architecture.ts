import { suggest } from '../../diagnostics/suggest.js'
import type { ArchitectureSymbol } from '../../names/symbol.js'
import type * as ast from '../../syntax/ast.js'
import { locationOf, type Checker } from '../checker.js'
import { checkEdges } from './edges.js'
import { checkExpectation } from './expectation.js'
import { expectType, inferExpression } from '../expressions/expression.js'
import { foldNumber } from '../expressions/fold.js'
import {
  instancesOf,
  rewrittenLets,
  rewrittenSources,
  structureBehind,
  topologyOfInstance,
  type SpaceStructure,
} from './space-structure.js'

/** One part of a path, with the name or index that it comes from. */
interface Part {
  readonly text: string
  readonly node: ast.SyntaxNode<string>
}

/** Checks an architecture against its space: paths, operations and sources that exist, every edge count right. */
export function checkArchitecture(outer: Checker, symbol: ArchitectureSymbol): void {
  const checker: Checker = { ...outer, hasContext: true }
  const structure = structureBehind(checker, symbol)
  const bound = new Map<string, ast.SyntaxNode<string>>()
  const visit = (items: readonly ast.ArchitectureItem[], prefix: readonly Part[]): void => {
    for (const item of items) {
      if (item.kind === 'expect') {
        checkExpectation(checker, item)
        continue
      }
      const path = [...prefix, ...partsOf(checker, item.path)]
      if (item.kind === 'architecture-block') {
        visit(item.items, path)
        continue
      }
      const key = path.map(({ text }) => text).join('.')
      const first = bound.get(key)
      if (first === undefined) bound.set(key, item.path)
      else {
        checker.report.add(
          'bound-twice',
          locationOf(checker, item.path),
          { path: key },
          {
            labels: [{ ...locationOf(checker, first), text: 'bound here first' }],
          },
        )
      }
      const naming: Checker = { ...checker, naming: true }
      if (item.kind === 'value-item') inferExpression(naming, item.value)
      else {
        for (const { operation } of item.edges) expectType(naming, operation, { type: 'operation' })
        if (structure !== undefined) checkNodeEdges(checker, structure, path, item)
      }
    }
  }
  visit(symbol.declaration.items, [])
}

/** `s0` of `through[s0]`: a state of a cell. */
export function stateIn({ index }: ast.PathIndex): string | undefined {
  return index.kind === 'name-expression' ? index.name.text : undefined
}

/** `n[1]` names the node `n1`. */
function partsOf(checker: Checker, path: ast.Path): readonly Part[] {
  const parts: Part[] = [{ text: path.head.text, node: path.head }]
  for (const step of path.steps) {
    if (step.kind === 'path-field') parts.push({ text: step.name.text, node: step.name })
    else {
      const last = parts.pop()
      const state = stateIn(step)
      if (state === undefined) expectType(checker, step.index, { type: 'int' })
      const index = state === undefined ? (foldNumber(checker, step.index) ?? '') : `[${state}]`
      if (last !== undefined) parts.push({ text: `${last.text}${index}`, node: path })
    }
  }
  return parts
}

function checkNodeEdges(checker: Checker, structure: SpaceStructure, path: readonly Part[], item: ast.EdgesItem): void {
  const instances = instancesOf(checker, structure)
  const [head, member, ...rest] = path
  const instance = instances.find(({ name }) => name === head?.text)
  if (head === undefined) return
  if (instance === undefined) {
    reportPath(
      checker,
      head,
      instances.map(({ name }) => name),
      'cells of the space',
    )
    return
  }
  if (member === undefined) return
  const topology = topologyOfInstance(checker, instance)
  const members = topology.nodes.flatMap((node) => node.members ?? [])
  const node = topology.nodes.find((each) => each.members?.includes(member.text))
  if (node === undefined || rest.length > 0) {
    if (topology.nodes.every((each) => each.members !== undefined)) {
      reportPath(checker, rest[0] ?? member, members, `nodes of ${instance.name}`)
    }
    return
  }
  const rewritten = rewrittenSources(structure)
  checkEdges(checker, item, {
    instance,
    topology,
    node,
    member: member.text,
    lets: rewrittenLets(checker, structure),
    ...(rewritten === undefined ? {} : { rewritten }),
  })
}

function reportPath(checker: Checker, part: Part, known: readonly string[], what: string): void {
  if (part.text === '') return
  const location = locationOf(checker, part.node)
  checker.report.add(
    'unknown-path',
    location,
    { name: part.text },
    {
      notes: known.length === 0 ? [] : [`${what}: ${known.join(', ')}`],
      ...suggest(part.text, known, location),
    },
  )
}
