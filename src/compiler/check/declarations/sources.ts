import { suggest } from '../../diagnostics/suggest.js'
import type * as ast from '../../syntax/ast.js'
import { locationOf, type Checker } from '../checker.js'
import { checkArity } from '../expressions/choice.js'
import { expectType, inferExpression } from '../expressions/expression.js'
import { statesNamed, type Topology } from './topology.js'

/**
 * Checks where a node takes its inputs from.
 *
 * @param before the feature maps that exist before the (first member of the) node; absent where that is not known
 */
export function checkSources(
  checker: Checker,
  sources: ast.Sources,
  topology: Topology | undefined,
  before: readonly string[] | undefined,
): void {
  if (sources.of.kind === 'listed' && topology !== undefined) {
    for (const source of sources.of.sources) checkSource(checker, source, topology, before)
  }
  const listed =
    sources.of.kind === 'listed' && topology !== undefined ? namesOf(checker, sources.of, topology) : undefined
  const available = sources.of.kind === 'earlier' ? before : listed
  if (sources.operations !== undefined) {
    if (expectType(checker, sources.operations, { type: 'set' })) {
      const type = inferExpression(checker, sources.operations)
      if (type.kind === 'set' && type.of.kind !== 'operation' && type.of.kind !== 'unknown') {
        checker.report.add('wrong-type', locationOf(checker, sources.operations), {
          expected: 'a set of operations',
          found: 'another set',
        })
      }
    }
    checkArity(checker, sources.arity, undefined, 'source', locationOf(checker, sources.of))
    return
  }
  checkArity(checker, sources.arity, available?.length, 'source', locationOf(checker, sources.of))
}

function namesOf(checker: Checker, of: ast.ListedSources, topology: Topology): string[] | undefined {
  const found = new Set<string>()
  for (const { name, index } of of.sources) {
    const states = statesNamed(checker, topology, name.text, index?.index)
    if (states === undefined) return undefined
    for (const state of states) found.add(state)
  }
  return [...found]
}

/** A node sees what stands before it: cells have no circles. */
function checkSource(
  checker: Checker,
  source: ast.SourceReference,
  topology: Topology,
  before: readonly string[] | undefined,
): void {
  if (source.index !== undefined) expectType(checker, source.index.index, { type: 'int' })
  const states = statesNamed(checker, topology, source.name.text, source.index?.index)
  if (states === undefined || before === undefined) return
  const late = states.find((state) => !before.includes(state))
  if (late === undefined) return
  const node = topology.nodes.find(({ members }) => members?.includes(late))
  const location = locationOf(checker, source)
  if (node === undefined) {
    const family = topology.nodes.find(({ declaration }) => declaration.name.text === source.name.text)
    checker.report.add(
      'no-member',
      location,
      { name: late },
      {
        notes: family?.members === undefined ? [] : [`its members are ${family.members.join(', ')}`],
        ...suggest(late, before, location),
      },
    )
    return
  }
  checker.report.add(
    'later-source',
    location,
    { name: late },
    {
      labels: [{ ...locationOf(checker, node.declaration.name), text: `${late} is this node` }],
    },
  )
}
