import type { Node, SyntaxFile } from '../syntax/ast.js'
import { children, walk } from '../syntax/visit.js'
import type { Piece } from './piece.js'

/** What the syntax tree knows of the tokens, by their offsets. */
export interface Structure {
  /** `(` that follow a name without a blank: calls, parameters, shapes of weights. */
  readonly calls: ReadonlySet<number>
  /** Openings of lists that may end with a comma; all others `[` are of an index. */
  readonly lists: ReadonlySet<number>
  /** `{` of sets whose items are numbers or truth values: `{3, 5}`; all other braces stand off from what they hold. */
  readonly literalSets: ReadonlySet<number>
  /** `-` of a negative value. */
  readonly signs: ReadonlySet<number>
  /** `/` of a fraction of two numbers: `2/3`. */
  readonly fractions: ReadonlySet<number>
  /** Tokens inside of `std:nn`, which keep together. */
  readonly references: ReadonlySet<number>
  /** Items of blocks and declarations, by the offset of their first token. */
  readonly items: ReadonlyMap<number, Item>
  /** Pipelines: the offset of the first token, and of the arrows. */
  readonly pipelines: readonly Pipeline[]
}

export interface Item {
  readonly node: Node
  readonly parent: Node
}

export interface Pipeline {
  readonly start: number
  readonly arrows: readonly number[]
  /** Name of the operation of each step; empty where a step is more than one. */
  readonly names: readonly string[]
}

export function structureOf(file: SyntaxFile, pieces: readonly Piece[]): Structure {
  const tokens = pieces.filter(({ kind }) => kind === 'token')
  const items = new Map<number, Item>()
  const structure = {
    calls: new Set<number>(),
    lists: new Set<number>(),
    literalSets: new Set<number>(),
    signs: new Set<number>(),
    fractions: new Set<number>(),
    references: new Set<number>(),
    pipelines: [] as Pipeline[],
  }
  walk(file, (node, parent) => {
    if (parent !== undefined && isItem(node, parent)) items.set(node.span.start, { node, parent })
    noteBrackets(structure, node, tokens)
    noteOperators(structure, node, tokens)
  })
  return { ...structure, items }
}

interface Brackets {
  readonly calls: Set<number>
  readonly lists: Set<number>
  readonly literalSets: Set<number>
}

function noteBrackets({ calls, lists, literalSets }: Brackets, node: Node, tokens: readonly Piece[]): void {
  const parameters = (count: number, behind: number): void => {
    const opening = tokens[firstFrom(tokens, behind)]
    if (opening?.text !== '(') return
    calls.add(opening.start)
    if (count > 0) lists.add(opening.start)
  }
  switch (node.kind) {
    case 'import': {
      const opening = tokens[firstFrom(tokens, node.span.start + 'import'.length)]
      if (opening?.text === '{') lists.add(opening.start)
      break
    }
    case 'op':
    case 'extern':
    case 'cell':
      parameters(node.parameters.length, node.name.span.end)
      break
    case 'weight':
      parameters(0, node.name.span.end)
      break
    case 'call': {
      const opening = next(tokens, '(', node.callee.span.end)
      calls.add(opening)
      if (node.arguments.length > 0) lists.add(opening)
      break
    }
    case 'path':
      if (node.arguments !== undefined) parameters(node.arguments.length, node.head.span.end)
      break
    case 'path-field':
      if (node.arguments !== undefined) parameters(node.arguments.length, node.name.span.end)
      break
    case 'set':
      if (node.items.length > 0) lists.add(node.span.start)
      if (node.items.every(isLiteral)) literalSets.add(node.span.start)
      break
    case 'layers':
      lists.add(next(tokens, '[', node.path.span.end))
      break
    default:
  }
}

interface Operators {
  readonly signs: Set<number>
  readonly fractions: Set<number>
  readonly references: Set<number>
  readonly pipelines: Pipeline[]
}

function noteOperators(found: Operators, node: Node, tokens: readonly Piece[]): void {
  switch (node.kind) {
    case 'module-reference':
      for (let index = firstFrom(tokens, node.span.start + 1); index < tokens.length; index++) {
        const start = tokens[index]?.start ?? node.span.end
        if (start >= node.span.end) break
        found.references.add(start)
      }
      break
    case 'unary':
      if (node.operator === '-') found.signs.add(node.span.start)
      break
    case 'binary':
      if (node.operator === '/' && node.left.kind === 'number' && node.right.kind === 'number') {
        found.fractions.add(next(tokens, '/', node.left.span.end))
      }
      break
    case 'pipeline':
      found.pipelines.push({
        start: node.span.start,
        arrows: node.steps.slice(1).map((_, index) => next(tokens, '->', node.steps[index]?.span.end ?? 0)),
        names: node.steps.map(nameOf),
      })
      break
    default:
  }
}

/** The first token of a text at or behind an offset. */
function next(tokens: readonly Piece[], text: string, from: number): number {
  let index = firstFrom(tokens, from)
  while (index < tokens.length && tokens[index]?.text !== text) index += 1
  return tokens[index]?.start ?? -1
}

/** The index of the first token at or behind an offset. */
function firstFrom(tokens: readonly Piece[], offset: number): number {
  let low = 0
  let high = tokens.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tokens[middle]?.start ?? offset) < offset) low = middle + 1
    else high = middle
  }
  return low
}

/** True for what stands in a block beside others of its kind: declarations, clauses, settings. */
function isItem(node: Node, parent: Node): boolean {
  switch (parent.kind) {
    case 'file':
      return true
    case 'cell':
    case 'space':
    case 'stage':
    case 'architecture':
    case 'architecture-block':
    case 'network':
    case 'settings':
      return isIn(node, parent.items)
    case 'extern':
      return isIn(node, parent.rules)
    case 'node':
    case 'search':
      return isIn(node, parent.clauses)
    default:
      return false
  }
}

function isIn(node: Node, list: readonly Node[]): boolean {
  return list.includes(node)
}

function isLiteral(node: Node): boolean {
  if (node.kind === 'number' || node.kind === 'boolean') return true
  return (node.kind === 'unary' || node.kind === 'range') && children(node).every(isLiteral)
}

function nameOf(node: Node): string {
  if (node.kind === 'call') return nameOf(node.callee)
  return node.kind === 'name-expression' ? node.name.text : ''
}
