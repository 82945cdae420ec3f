import type { Genotype, GenotypeEdge } from './genotype.js'
import { refuseSyntax, type GenotypeText } from './genotype-text.js'

/**
 * `|nor_conv_3x3~0|+|nor_conv_3x3~0|skip_connect~1|+|…|`, the strings of NAS-Bench-201 (Dong, Yang, ICLR 2020): one cell, node by
 * node an operation from every state before it.
 */
export function readBench201(source: GenotypeText): readonly Genotype[] {
  return [...source.text.matchAll(/\|\w+~[^\n"',;]*\|/gu)].map(({ 0: text, index }) => ({
    at: index,
    cells: [{ at: index, nodes: nodesOf(source, text, index) }],
  }))
}

function nodesOf(source: GenotypeText, text: string, start: number): readonly (readonly GenotypeEdge[])[] {
  const nodes: GenotypeEdge[][] = []
  let at = 0
  const isAtEnd = (): boolean => at >= text.length
  while (!isAtEnd()) {
    if (nodes.length > 0) {
      if (text[at] !== '+') refuseSyntax(source, start + at, '`+` and the next node')
      at += 1
    }
    if (text[at] !== '|') refuseSyntax(source, start + at, '`|`')
    at += 1
    const edges: GenotypeEdge[] = []
    while (!isAtEnd() && text[at] !== '+') {
      const [whole, operation = '', state = ''] = /^(\w+)~(\d+)\|/u.exec(text.slice(at)) ?? []
      if (whole === undefined)
        refuseSyntax(source, start + at, 'an operation, `~` and the number of a state, such as `skip_connect~0|`')
      else {
        edges.push({ operation, source: Number(state), at: start + at })
        at += whole.length
      }
    }
    nodes.push(edges)
  }
  return nodes
}

export function writeBench201({ cells }: Genotype): string {
  const nodes = cells[0]?.nodes ?? []
  return nodes
    .map((edges) => `|${edges.map(({ operation, source }) => `${operation}~${String(source)}|`).join('')}`)
    .join('+')
}
