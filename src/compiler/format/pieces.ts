import type { Comment } from '../syntax/trivia.js'
import type { Piece } from './piece.js'
import { isClosing, isOpening, type Line } from './piece.js'
import type { Structure } from './structure.js'

/** Tokens and comments of a text in order. */
export function piecesOf(
  text: string,
  tokens: readonly { readonly image: string; readonly startOffset: number }[],
  comments: readonly Comment[],
): readonly Piece[] {
  const unspaced = [
    ...tokens.map(({ image, startOffset }) => ({ text: image, kind: 'token' as const, start: startOffset })),
    // A line comment of a file with Windows line ends may not keep half of one.
    ...comments.map((comment) => ({
      text: comment.text.trimEnd(),
      kind: 'comment' as const,
      start: comment.span.start,
    })),
  ].sort((a, b) => a.start - b.start)
  let end = 0
  return unspaced.map((piece) => {
    const gap = text.slice(end, piece.start)
    end = piece.start + piece.text.length
    const breaks = gap.match(/\n/g)?.length ?? 0
    return { ...piece, breaks: breaks > 1 ? 2 : breaks === 1 ? 1 : 0 }
  })
}

/**
 * Lists that end on a line of their own get a comma behind their last item, others lose it. Declarations begin on a line
 * of their own. No blank lines at the edges of blocks.
 */
export function settle(pieces: readonly Piece[], structure: Structure): readonly Piece[] {
  const settled: Piece[] = []
  const open: Piece[] = []
  pieces.forEach((piece) => {
    const before = settled.at(-1)
    if (isClosing(piece)) {
      const opening = open.pop()
      if (opening !== undefined && structure.lists.has(opening.start)) settleComma(settled, piece)
    }
    if (isOpening(piece)) open.push(piece)
    const declares = before?.kind === 'token' && structure.items.get(piece.start)?.parent.kind === 'file'
    const edge = before === undefined || isOpening(before) || isClosing(piece)
    const atLeast = declares ? Math.max(1, piece.breaks) : piece.breaks
    const breaks = before === undefined ? 0 : edge ? Math.min(1, atLeast) : atLeast
    settled.push({ ...piece, breaks: breaks > 1 ? 2 : breaks === 1 ? 1 : 0 })
  })
  return settled
}

function settleComma(settled: Piece[], closing: Piece): void {
  const index = settled.findLastIndex(({ kind }) => kind === 'token')
  const last = settled[index]
  if (last === undefined) return
  if (closing.breaks > 0 && last.text !== ',') {
    settled.splice(index + 1, 0, { text: ',', kind: 'token', start: last.start, breaks: 0 })
  }
  // A comma with a comment behind it stays where it is.
  if (closing.breaks === 0 && last.text === ',' && last.breaks === 0 && index === settled.length - 1) settled.pop()
}

export function linesOf(pieces: readonly Piece[]): readonly Line[] {
  const lines: { pieces: Piece[]; apart: boolean }[] = []
  for (const piece of pieces) {
    if (piece.breaks > 0 || lines.length === 0) lines.push({ pieces: [piece], apart: piece.breaks > 1 })
    else lines.at(-1)?.pieces.push(piece)
  }
  return lines
}
