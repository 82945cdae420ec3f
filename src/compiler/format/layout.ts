import { isClosing, isOpening, type Line, type Piece } from './piece.js'
import { blanksBetween } from './spacing.js'
import type { Structure } from './structure.js'

/** A line with its indentation and the blanks before each of its pieces. */
export interface LaidLine extends Line {
  readonly steps: number
  /** Blanks behind the steps: the first row of a pipeline stands where the operations of the others do. */
  readonly offset: number
  /** Blanks before each piece but the first; columns add to them. */
  readonly blanks: number[]
}

/**
 * Indents: one step inside of brackets of an earlier line, one more where a line goes on with what began before it.
 * Several brackets that open on one line are one step.
 */
export function layOut(lines: readonly Line[], structure: Structure): readonly LaidLine[] {
  const open: { readonly piece: Piece; readonly line: number }[] = []
  const laid: LaidLine[] = []
  const tokens = tokensAround(lines)
  lines.forEach((line, index) => {
    const [first] = line.pieces
    const around = open.at(-1)
    const base = around === undefined ? 0 : (laid[around.line]?.steps ?? 0) + 1
    const goesOn = first !== undefined && !isClosing(first) && !isFresh(tokens[index], around?.piece, structure)
    const closes = first !== undefined && isClosing(first)
    const steps = closes ? base - 1 : goesOn ? base + 1 : base
    const blanks: number[] = []
    line.pieces.forEach((piece, at) => {
      const left = line.pieces[at - 1]
      blanks.push(left === undefined ? 0 : blanksBetween(left, piece, structure, open.at(-1)?.piece))
      if (isClosing(piece)) open.pop()
      if (isOpening(piece)) open.push({ piece, line: index })
    })
    laid.push({ ...line, steps, offset: goesOn && leadsRows(lines, index, structure) ? 3 : 0, blanks })
  })
  return laid
}

/** The last token before a line, and the first one that is not before it. */
interface TokensAround {
  readonly before: Piece | undefined
  readonly from: Piece | undefined
}

function tokensAround(lines: readonly Line[]): readonly TokensAround[] {
  const isToken = ({ kind }: Piece): boolean => kind === 'token'
  let before: Piece | undefined
  const befores = lines.map(({ pieces }) => {
    const found = before
    before = pieces.findLast(isToken) ?? before
    return found
  })
  let from: Piece | undefined
  const froms = lines.toReversed().map(({ pieces }) => (from = pieces.find(isToken) ?? from))
  return befores.map((found, index) => ({ before: found, from: froms[lines.length - 1 - index] }))
}

/** True if a line begins with an item of the block or list around it; a comment goes with what follows it. */
function isFresh(tokens: TokensAround | undefined, around: Piece | undefined, structure: Structure): boolean {
  const { before, from } = tokens ?? {}
  if (from === undefined || isClosing(from) || structure.items.has(from.start)) return true
  if (before === undefined || isOpening(before)) return true
  const separated = before.text === ',' || before.text === ';'
  return separated && around !== undefined && !isBlock(around, structure)
}

/** A brace around items; whatever is separated by commas in it belongs to one of them. */
function isBlock(around: Piece, structure: Structure): boolean {
  return around.text === '{' && !structure.lists.has(around.start)
}

/** True for the first row of a pipeline whose other rows begin with an arrow. */
function leadsRows(lines: readonly Line[], index: number, structure: Structure): boolean {
  const first = lines[index]?.pieces[0]
  const pipeline = structure.pipelines.find(({ start }) => start === first?.start)
  if (pipeline === undefined) return false
  return lines.slice(index + 1).some(({ pieces }) => pipeline.arrows.includes(pieces[0]?.start ?? -1))
}

/** The text of a line without its indentation. */
export function textOf({ pieces, blanks }: LaidLine, count = pieces.length): string {
  return pieces
    .slice(0, count)
    .map(({ text }, index) => ' '.repeat(blanks[index] ?? 0) + text)
    .join('')
}
