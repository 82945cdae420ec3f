import type { Genotype, GenotypeCell, GenotypeEdge } from './genotype.js'
import { refuseSyntax, type GenotypeText } from './genotype-text.js'
import { readPython, type PythonValue } from './python-literal.js'

/**
 * `Genotype(normal=[('sep_conv_3x3', 0), …], normal_concat=range(2, 6), reduce=[…], reduce_concat=…)`, as the code of DARTS
 * (Liu, Simonyan, Yang, ICLR 2019) and of those after it prints it. The edges of all nodes stand in one list, equally many for
 * each node; where nodes have different numbers of them, there is a list for each: `normal=[[('skip_connect', 0)], […]]`.
 */
export function readDarts(source: GenotypeText): readonly Genotype[] {
  const calls = [...source.text.matchAll(/(?:(?<name>[A-Za-z_]\w*)\s*=\s*)?\bGenotype\s*\(/gu)]
  return calls.map((found) => {
    const at = found.index + found[0].search(/\bGenotype\s*\($/u)
    const { value } = readPython(source, at)
    const name = found.groups?.['name']
    return { ...(name !== undefined && { name }), at, cells: cellsOf(source, value) }
  })
}

const concatSuffix = '_concat'

function cellsOf(source: GenotypeText, value: PythonValue): readonly GenotypeCell[] {
  if (value.kind !== 'call') return refuseSyntax(source, value.at, 'a call of Genotype')
  const concats = new Map(
    value.named.filter(({ name }) => name.endsWith(concatSuffix)).map((each) => [each.name, each]),
  )
  return value.named
    .filter(({ name }) => !name.endsWith(concatSuffix))
    .map(({ name, at, value: nodes }) => {
      const concat = concats.get(`${name}${concatSuffix}`)
      const states = concat && { states: statesOf(source, concat.value), at: concat.value.at }
      return { name, at, nodes: nodesOf(source, nodes, states?.states.length), ...(states && { concat: states }) }
    })
}

/** @param count of nodes, where that is known: those that are concatenated */
function nodesOf(source: GenotypeText, value: PythonValue, count?: number): GenotypeCell['nodes'] {
  const items = itemsOf(source, value, 'a list of pairs')
  const isNested = items.every((item) => item.kind === 'list' && item.items[0]?.kind !== 'text')
  if (isNested && items.length > 0) {
    return items.map((item) => itemsOf(source, item, 'a list of pairs').map((edge) => edgeOf(source, edge)))
  }
  const edges = items.map((item) => edgeOf(source, item))
  const each = count !== undefined && count > 0 && edges.length % count === 0 ? edges.length / count : 2
  return Array.from({ length: Math.ceil(edges.length / each) }, (_, node) =>
    edges.slice(node * each, (node + 1) * each),
  )
}

function edgeOf(source: GenotypeText, value: PythonValue): GenotypeEdge {
  const [operation, from, more] = itemsOf(source, value, "a pair such as `('skip_connect', 0)`")
  if (operation?.kind !== 'text')
    return refuseSyntax(source, operation?.at ?? value.at, 'the name of an operation, in quotes')
  if (from?.kind !== 'number') return refuseSyntax(source, from?.at ?? value.at, 'the number of a state')
  if (more !== undefined) return refuseSyntax(source, more.at, '`)`')
  return { operation: operation.text, source: from.value, at: operation.at }
}

function itemsOf(source: GenotypeText, value: PythonValue, expected: string): readonly PythonValue[] {
  return value.kind === 'list' ? value.items : refuseSyntax(source, value.at, expected)
}

/** `range(2, 6)`, `[2, 3, 4, 5]` */
function statesOf(source: GenotypeText, value: PythonValue): readonly number[] {
  const items =
    value.kind === 'call' && value.name === 'range' ? value.items : itemsOf(source, value, 'a list or a range')
  const numbers = items.map((item) => (item.kind === 'number' ? item.value : refuseSyntax(source, item.at, 'a number')))
  if (value.kind !== 'call') return numbers
  const [first = 0, behind] = numbers
  const [from, to] = behind === undefined ? [0, first] : [first, behind]
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i)
}

/** The same, on one line. */
export function writeDarts({ name, cells }: Genotype): string {
  const fields = cells.flatMap((cell) => {
    const key = cell.name ?? 'normal'
    const nodes = cell.nodes.map((edges) => edges.map(({ operation, source }) => `('${operation}', ${String(source)})`))
    const counts = new Set(nodes.map(({ length }) => length))
    const list = counts.size === 1 ? nodes.flat() : nodes.map((edges) => `[${edges.join(', ')}]`)
    const own = [`${key}=[${list.join(', ')}]`]
    return cell.concat === undefined ? own : [...own, `${key}${concatSuffix}=${printStates(cell.concat.states)}`]
  })
  return `${name === undefined ? '' : `${name} = `}Genotype(${fields.join(', ')})`
}

function printStates(states: readonly number[]): string {
  const [first = 0] = states
  const isRange = states.length > 1 && states.every((state, i) => state === first + i)
  return isRange ? `range(${String(first)}, ${String(first + states.length)})` : `[${states.join(', ')}]`
}
