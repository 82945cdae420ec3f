import type { Span } from '../text/source.js'

/** Edges as the programs of DARTS and its successors print them: `('sep_conv_3x3', 0), ('skip_connect', 1)`. */
export interface Genotype {
  readonly span: Span
  /** The edges as they are written here, where the inputs of the cell are `s0` and `s1`. */
  readonly edges: readonly string[]
}

const pair = /\(\s*(?:'(\w+)'|"(skip_connect|\w+_\d+x\d+)")\s*,\s*(\d+)\s*\)/g
/** What may stand between two edges of one genotype: brackets, `reduce=`, the name of the next node. */
const between = /^[\s,;:=()[\]\w]*$/

/** All genotypes of a text outside of its comments, each as long as its edges follow each other. */
export function genotypesIn(text: string, comments: readonly Span[]): readonly Genotype[] {
  const found: { start: number; end: number; edges: string[] }[] = []
  for (const match of text.matchAll(pair)) {
    if (comments.some(({ start, end }) => start <= match.index && match.index < end)) continue
    const [whole, single, double, source = ''] = match
    const edge = `${operationOf(single ?? double ?? '')} of ${sourceOf(Number(source))}`
    const last = found.at(-1)
    const end = match.index + whole.length
    if (last !== undefined && between.test(text.slice(last.end, match.index))) {
      last.end = end
      last.edges.push(edge)
    } else found.push({ start: match.index, end, edges: [edge] })
  }
  return found.map(({ start, end, edges }) => ({ span: { start, end }, edges }))
}

/** The names of std:cells that differ from those in the programs by more than the size. */
const operations: Readonly<Record<string, string>> = { skip_connect: 'skip', nor_conv: 'relu_conv' }

/** `sep_conv(3)` of `sep_conv_3x3` */
function operationOf(name: string): string {
  const [, stem = name, size] = /^(\w+)_(\d+)x\d+$/.exec(name) ?? []
  return `${operations[stem] ?? stem}${size === undefined ? '' : `(${size})`}`
}

/** Sources are counted from 0: the two inputs, then the nodes. */
function sourceOf(index: number): string {
  return index < 2 ? `s${index}` : `n${index - 1}`
}
