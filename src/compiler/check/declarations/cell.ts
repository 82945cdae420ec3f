import { isFeatureMap } from '../../names/cell.js'
import type { CellSymbol } from '../../names/symbol.js'
import type * as ast from '../../syntax/ast.js'
import { checkMerge, checkOutput } from './cell-output.js'
import { resolutionOf, locationOf, type Checker } from '../checker.js'
import { expectType, inferExpression, inferLet } from '../expressions/expression.js'
import { uniqueClauses } from './unique-clauses.js'
import { operationsIn } from '../expressions/operations-in.js'
import { checkParameters } from './parameters.js'
import { checkProjection } from './projection.js'
import { signatureOf } from '../expressions/signature.js'
import { checkSources } from './sources.js'
import { checkStatement } from './statement.js'
import { suggest } from '../../diagnostics/suggest.js'
import { topologyOf, type Topology } from './topology.js'

/** Checks a cell: its topology, operations, output and requirements. */
export function checkCell(outer: Checker, symbol: CellSymbol): void {
  const checker: Checker = { ...outer, hasContext: true }
  const cell = symbol.declaration
  checkParameters(
    checker,
    cell.parameters.filter((parameter) => !isFeatureMap(parameter)),
  )
  const topology = topologyOf(checker, cell)
  if (topology.inputs.length === 0)
    checker.report.add('cell-without-input', locationOf(checker, cell.name), { name: symbol.name })

  let before: readonly string[] | undefined = topology.inputs
  const outputs = uniqueClauses<ast.OutputItem>(checker)
  const prepared = new Map<string, ast.Name>()
  const used = new Set<string>()
  for (const item of cell.items) {
    switch (item.kind) {
      case 'prepare':
        for (const input of item.inputs) checkPrepared(checker, input, prepared, topology)
        expectType(checker, item.through, { type: 'operation' })
        break
      case 'node': {
        const members: readonly string[] | undefined = topology.nodes.find(
          ({ declaration }) => declaration === item,
        )?.members
        checkNode(checker, item, topology, before, members, used)
        before = before === undefined || members === undefined ? undefined : [...before, ...members]
        break
      }
      case 'output':
        outputs.add('output', item)
        break
      default:
        checkStatement(checker, item)
    }
  }
  const output = outputs.get('output')
  if (output === undefined) {
    checker.report.add('cell-without-output', locationOf(checker, cell.name), { name: symbol.name })
    return
  }
  const held = checkOutput(checker, output, topology)
  if (held !== undefined) reportUnused(checker, topology, new Set([...used, ...held]))
}

function checkPrepared(checker: Checker, input: ast.Name, prepared: Map<string, ast.Name>, topology: Topology): void {
  const first = prepared.get(input.text)
  if (first !== undefined) {
    checker.report.add(
      'prepared-twice',
      locationOf(checker, input),
      { name: input.text },
      {
        labels: [{ ...locationOf(checker, first), text: 'prepared here first' }],
      },
    )
  } else if (resolutionOf(checker, input) !== undefined && !topology.inputs.includes(input.text)) {
    checker.report.add(
      'not-an-input',
      locationOf(checker, input),
      { name: input.text },
      {
        notes: [`inputs of the cell: ${topology.inputs.join(', ')}`],
      },
    )
  }
  prepared.set(input.text, input)
}

function checkNode(
  checker: Checker,
  node: ast.NodeItem,
  topology: Topology,
  before: readonly string[] | undefined,
  members: readonly string[] | undefined,
  used: Set<string>,
): void {
  if (node.family !== undefined) {
    if (node.family.kind === 'range') inferExpression(checker, node.family)
    else expectType(checker, node.family, { type: 'int' })
    if (members?.length === 0)
      checker.report.add('empty-family', locationOf(checker, node.family), { name: node.name.text })
  }
  const clauses = uniqueClauses<ast.NodeClause>(checker)
  for (const clause of node.clauses) {
    if (clause.kind === 'let') {
      inferLet(checker, clause)
      continue
    }
    clauses.add(clause.kind, clause)
    switch (clause.kind) {
      case 'from': {
        checkSources(checker, clause.sources, topology, before)
        const { of } = clause.sources
        // Later members of a family see the ones before them.
        if (of.kind === 'earlier')
          for (const state of [...(before ?? []), ...(members?.slice(0, -1) ?? [])]) used.add(state)
        else
          for (const { name, index } of of.sources) {
            const family = topology.nodes.find(({ declaration }) => declaration.name.text === name.text)
            for (const state of family?.members ?? [name.text])
              if (index === undefined || family === undefined) used.add(state)
            if (index !== undefined) used.add(`${name.text}${indexText(index)}`)
          }
        break
      }
      case 'through':
        if (expectType(checker, clause.operation, { type: 'operation' })) checkOverrides(checker, clause)
        break
      case 'merge':
        checkMerge(checker, clause.by)
        break
      case 'project':
        if (clause.through !== undefined) expectType(checker, clause.through, { type: 'operation' })
        else checkProjection(checker, clause)
    }
  }
  const from = clauses.get('from')
  if (from === undefined)
    checker.report.add('node-without', locationOf(checker, node.name), { name: node.name.text, clause: 'from' })
  const connections = from?.kind === 'from' && from.sources.operations !== undefined
  if (clauses.get('through') === undefined && !connections) {
    checker.report.add('node-without', locationOf(checker, node.name), { name: node.name.text, clause: 'through' })
  }
}

function indexText(index: ast.PathIndex): string {
  return index.index.kind === 'number' ? String(index.index.value) : ''
}

/** `stride on s0, s1`: every operation that may stand on such an edge must have the parameter. */
function checkOverrides(checker: Checker, clause: ast.ThroughClause): void {
  for (const { parameter, value } of clause.overrides) {
    const operations = operationsIn(checker, clause.operation)
    const without = operations?.find(
      (symbol) => !signatureOf(checker, symbol).some(({ name }) => name === parameter.text),
    )
    if (without !== undefined && !parameter.missing) {
      const location = locationOf(checker, parameter)
      const names = signatureOf(checker, without).map(({ name }) => name)
      checker.report.add(
        'override-unknown',
        location,
        { operation: without.name, name: parameter.text },
        {
          labels: [{ ...without.location, text: `${without.name} is declared here` }],
          notes: [
            names.length === 0
              ? `${without.name} has no parameters`
              : `parameters of ${without.name}: ${names.join(', ')}`,
          ],
          ...suggest(parameter.text, names, location),
        },
      )
    }
    const first = operations?.[0]
    const declared =
      first === undefined ? undefined : signatureOf(checker, first).find(({ name }) => name === parameter.text)
    if (declared?.type === undefined) continue
    const label = {
      ...declared.location,
      text: `${parameter.text} of ${first?.name ?? ''} is declared here: ${declared.type}`,
    }
    if (value !== undefined) expectType(checker, value, { type: declared.type, label })
  }
}

function reportUnused(checker: Checker, topology: Topology, used: ReadonlySet<string>): void {
  for (const { declaration, members } of topology.nodes) {
    const idle = (members ?? []).filter((member) => !used.has(member))
    const [first] = idle
    if (first === undefined) continue
    checker.report.add('unused-node', locationOf(checker, declaration.name), { name: idle.join(', ') })
  }
}
