import type { CellGraph, GraphNode } from './graph.js'
import { operation, setOfOperations } from './operations.js'
import { cellRequires, type CellRequire } from './requires.js'
import type { NamedValue, Scope } from './scope.js'
import { choiceOfValue, literal, value } from './values.js'
import { chance, newName, oneOf, takesRoom, weighted, type Writer } from './writer.js'

/** A cell that was written. */
export interface Cell {
  readonly name: string
  readonly text: string
  readonly graph: CellGraph
  readonly requires: readonly CellRequire[]
  /** Parameters beside its maps: those for which a use may give arguments. */
  readonly takes: readonly CellParameter[]
}

type CellParameter = 'k' | 'w' | 'body'
const declared: Readonly<Record<CellParameter, readonly [fixed: string, chosen: string]>> = {
  k: ['k: int = 3', 'k: int = one of { 1, 3 }'],
  w: ['w: int = 4', 'w: int = one of { 3, 4 }'],
  body: ['body: operation = relu', 'body: operation = one of { relu, bn }'],
}

/** A default may be a choice, which all uses of the cell share. */
function declaration(writer: Writer, parameter: CellParameter): string {
  const [fixed, chosen] = declared[parameter]
  return chance(writer, 1, 3) && takesRoom(writer, 2, 1) ? chosen : fixed
}

export function cell(writer: Writer, outer: Scope): Cell {
  const name = newName(writer, 'cell')
  const inputs = chance(writer, 1, 2) ? ['s0', 's1'] : ['x']
  const takes = (['k', 'w', 'body'] as const).filter(() => chance(writer, 1, 6))
  const inCell: Scope = {
    ...outer,
    values: [
      ...outer.values.filter(({ name: each }) => !takes.some((taken) => taken === each)),
      ...(takes.includes('k') ? [{ name: 'k', type: 'kernel' } as const] : []),
      ...(takes.includes('w') ? [{ name: 'w', type: 'width' } as const] : []),
    ],
    operations: [...outer.operations, ...(takes.includes('body') ? ['body'] : [])],
    facts: [
      ...outer.facts,
      'in > 2',
      'channels > 3',
      `${inputs[0] ?? 'x'}.channels > 3`,
      `${inputs.at(-1) ?? 'x'}.height > 4`,
    ],
    per: ['cell', 'space'],
    places: 1,
    keepsShape: true,
  }
  const lets = letsOf(writer, inCell, 'cell', 5)
  const operations = operationLets(writer, { ...inCell, values: [...inCell.values, ...lets.values] }, 'cell')
  const scope: Scope = {
    ...inCell,
    values: [...inCell.values, ...lets.values],
    operations: [...inCell.operations, ...operations.operations],
    sets: [...inCell.sets, ...operations.sets],
  }
  const prepare = chance(writer, 5, 6) ? [`prepare ${inputs.join(', ')} { ${prepareOf(writer, scope)} }`] : []
  const { nodes, texts } = nodesOf(writer, scope, inputs)
  const output = outputOf(writer, inputs, nodes)
  const graph: CellGraph = { inputs, nodes, outputs: output.outputs }
  const requires = cellRequires(writer, graph, lets.chosen)
  const parameters = [...inputs, ...takes.map((each) => declaration(writer, each))]
  const items = [
    ...lets.texts,
    ...operations.texts,
    ...prepare,
    ...texts,
    `output ${output.text}`,
    ...requires.map(({ text }) => `require ${text}`),
  ]
  return {
    name,
    graph,
    requires,
    takes,
    text: `cell ${name}(${parameters.join(', ')}) {\n${items.map((item) => `  ${item}\n`).join('')}}`,
  }
}

export interface Lets {
  readonly texts: readonly string[]
  readonly values: readonly NamedValue[]
  /** Those that are a choice between literal numbers. */
  readonly chosen: readonly string[]
}

/** Lets with values, `part` times out of ten. */
export function letsOf(writer: Writer, scope: Scope, stem: string, part: number): Lets {
  const texts: string[] = []
  const values: NamedValue[] = []
  const chosen: string[] = []
  while (texts.length < 2 && chance(writer, part, 10)) {
    const name = letName(writer, [...scope.values, ...values], stem)
    const type = oneOf(writer, ['kernel', 'width', 'flag', 'mode'] as const)
    const inBlock = { ...scope, values: [...scope.values, ...values] }
    const text = chance(writer, 1, 4) ? value(writer, inBlock, type) : choiceOfValue(writer, inBlock, type, 2, false)
    texts.push(`let ${name} = ${text}`)
    values.push({ name, type })
    if ((type === 'kernel' || type === 'width') && /^one of \{[^a-z]*\}$/.test(text)) chosen.push(name)
  }
  return { texts, values, chosen }
}

/** Now and then what choices in arguments are called, or an argument of a cell. */
function letName(writer: Writer, known: readonly NamedValue[], stem: string): string {
  if (!chance(writer, 1, 6)) return newName(writer, stem)
  const word = oneOf(writer, stem === 'const' ? ['kernel', 'k', 'w'] : ['kernel'])
  return known.some(({ name }) => name === word) ? newName(writer, stem) : word
}

export interface OperationLets {
  readonly texts: readonly string[]
  readonly operations: readonly string[]
  readonly sets: readonly string[]
}

/** Sometimes an operation and a set of operations with a name. */
export function operationLets(writer: Writer, scope: Scope, stem: string): OperationLets {
  const operations = chance(writer, 1, 6) ? [newName(writer, `${stem}Op`)] : []
  const sets = chance(writer, 1, 8) ? [newName(writer, `${stem}Set`)] : []
  return {
    operations,
    sets,
    texts: [
      ...operations.map((name) => `let ${name} = ${operation(writer, scope, 1)}`),
      ...sets.map((name) => `let ${name} = ${setOfOperations(writer, scope, 1, 2)}`),
    ],
  }
}

function prepareOf(writer: Writer, scope: Scope): string {
  return weighted(writer, [
    [5, () => 'conv(channels)'],
    [1, () => 'conv(channels) -> bn'],
    [1, () => `conv(channels, ${choiceOfValue(writer, { ...scope, places: 2 }, 'kernel')})`],
    [1, () => 'if in != channels then conv(channels)'],
  ])
}

function nodesOf(writer: Writer, scope: Scope, inputs: readonly string[]): { nodes: GraphNode[]; texts: string[] } {
  const nodes: GraphNode[] = []
  const texts: string[] = []
  const groups = weighted(writer, [
    [3, () => 1],
    [3, () => 2],
    [1, () => 3],
  ])
  for (let group = 0; group < groups; group++) {
    const family = group === 0 && chance(writer, 1, 3)
    const stem = ['n', 'm', 'v'][group] ?? 'n'
    const count = family && chance(writer, 1, 5) ? 3 : 2
    const members = family ? ['1', '2', '3'].slice(0, count).map((each) => `${stem}${each}`) : [stem]
    const earlier = [...inputs, ...nodes.map(({ name }) => name)]
    const from = fromOf(writer, earlier, members)
    const edges = members.reduce((sum, _, index) => sum + from.sourcesOf(index).length, 0)
    const inNode: Scope = { ...scope, places: members.length }
    const hasLets = chance(writer, 1, 6)
    const lets = hasLets ? letsOf(writer, inNode, 'node', 8) : { texts: [], values: [] }
    const inLets: Scope = { ...inNode, values: [...scope.values, ...lets.values] }
    const named = hasLets ? operationLets(writer, inLets, 'node') : { texts: [], operations: [], sets: [] }
    const onEdge: Scope = {
      ...inLets,
      operations: [...scope.operations, ...named.operations],
      sets: [...scope.sets, ...named.sets],
      places: edges,
    }
    const through = from.isConnections ? '' : `through ${throughOf(writer, onEdge, inputs)}`
    const connections = from.isConnections
      ? ` x ${setOfOperations(writer, { ...onEdge, places: members.length, sets: [] }, 1, 2)}`
      : ''
    members.forEach((name, index) =>
      nodes.push({
        name,
        sources: from.sourcesOf(index),
      }),
    )
    const clauses = [
      ...lets.texts,
      ...named.texts,
      `from ${from.text}${connections}`,
      ...(through === '' ? [] : [through]),
    ]
    if (chance(writer, 1, 8)) clauses.push(projectOf(writer, { ...scope, places: 2 }))
    if (from.sourcesOf(0).length > 1 || family) clauses.push(`merge ${mergeOf(writer)}`)
    texts.push(`node ${family ? `${stem}[1..${count}]` : stem} { ${clauses.join('; ')} }`)
  }
  return { nodes, texts }
}

function projectOf(writer: Writer, scope: Scope): string {
  return weighted(writer, [
    [3, () => 'project conv(channels)'],
    [1, () => `project conv(channels, ${choiceOfValue(writer, scope, 'kernel')})`],
    [1, () => 'project if in != channels then conv(channels) else relu'],
  ])
}

function mergeOf(writer: Writer): string {
  return weighted(writer, [
    [9, () => 'sum'],
    [1, () => 'multiply'],
    [1, () => 'concat'],
  ])
}

function throughOf(writer: Writer, scope: Scope, inputs: readonly string[]): string {
  if (!chance(writer, 1, 8)) return operation(writer, scope)
  if (chance(writer, 1, 3))
    return `conv(channels, ${choiceOfValue(writer, scope, 'kernel')}), stride = 2 on ${inputs.join(', ')}`
  return `conv(channels), kernel = ${literal(writer, 'kernel')} on ${inputs.join(', ')}`
}

/** A map as it is named outside of the text of its node: a member of a family has its number in brackets. */
function mapText(name: string): string {
  return name.replace(/^([nmv])(\d)$/, '$1[$2]')
}

interface From {
  readonly text: string
  readonly isChoice: boolean
  readonly isConnections: boolean
  /** Sources of a member; those before it in its family are earlier too. */
  readonly sourcesOf: (index: number) => readonly string[]
}

function fromOf(writer: Writer, earlier: readonly string[], family: readonly string[]): From {
  const listed = chance(writer, 1, 2) || family.length === 1
  const some = listed ? earlier.filter((_, index) => index === earlier.length - 1 || chance(writer, 1, 2)) : earlier
  const names = listed ? some : earlier
  const of = listed ? `{ ${names.map(mapText).join(', ')} }` : 'earlier'
  const sourcesOf: From['sourcesOf'] = (index) => (listed ? names : [...names, ...family.slice(0, index)])
  const count = names.length
  const members = family.length
  const all: From = { text: listed ? of : 'all of earlier', isChoice: false, isConnections: false, sourcesOf }
  const arities = [
    ['any 1', count],
    ['any 1..', 2 ** count - 1],
    ['any 0..', 2 ** count],
    ['any 0..1', count + 1],
    ['any 1..2', count + 1],
    ['any 2', 1],
  ] as const
  const [arity, answers] = oneOf(writer, count < 2 ? arities.slice(0, 4) : arities)
  return weighted<From>(writer, [
    [2, () => all],
    [
      5,
      () => {
        if (!takesRoom(writer, answers, members)) return all
        return { text: `${arity} of ${of}`, isChoice: true, isConnections: false, sourcesOf }
      },
    ],
    [
      1,
      () => {
        if (!takesRoom(writer, 4 ** count, members)) return all
        return { text: `any 1.. of ${of}`, isChoice: true, isConnections: true, sourcesOf }
      },
    ],
  ])
}

function outputOf(
  writer: Writer,
  inputs: readonly string[],
  nodes: readonly GraphNode[],
): { text: string; outputs: CellGraph['outputs'] } {
  const names = nodes.map(({ name }) => name)
  const last = names.at(-1) ?? 'n'
  const all = names.map(mapText).join(', ')
  const main = weighted<{ text: string; names: readonly string[]; isChoice: boolean }>(writer, [
    [3, () => ({ text: mapText(last), names: [last], isChoice: false })],
    [3, () => ({ text: `sum(${all})`, names, isChoice: false })],
    [1, () => ({ text: `multiply(${all})`, names, isChoice: false })],
    [2, () => ({ text: `concat(${all})`, names, isChoice: false })],
    [
      2,
      () => {
        const merge = oneOf(writer, ['sum', 'concat'])
        const arity = oneOf(writer, ['any 1..', 'any 1', 'any 0..'])
        if (!takesRoom(writer, 2 ** names.length - 1, 1)) return { text: `${merge}(${all})`, names, isChoice: false }
        return { text: `${merge}(${arity} of { ${all} })`, names, isChoice: true }
      },
    ],
  ])
  if (!chance(writer, 1, 6)) return { text: main.text, outputs: [main] }
  writer.helpers.add('wrapped')
  const isChoice = chance(writer, 1, 2) && takesRoom(writer, 2, 1)
  const [input = 'x'] = inputs
  const text = `${main.text} + wrapped(${isChoice ? `any 0..1 of { ${input} }` : input})`
  return { text, outputs: [main, { names: [input], isChoice }] }
}
