import { isClosing, isOpening, type Piece } from './piece.js'
import type { Structure } from './structure.js'

/** Blanks between two pieces of one line; `around` is the opening bracket in which `right` stands or which it closes. */
export function blanksBetween(left: Piece, right: Piece, structure: Structure, around: Piece | undefined): number {
  if (right.kind === 'comment')
    return isOpening(left) && right.text.startsWith('/*') ? 0 : right.text.startsWith('//') ? 2 : 1
  if (left.kind === 'comment') return isClosing(right) || isJoined(right.text) ? 0 : 1
  if (structure.references.has(right.start)) return 0
  if (left.text === '{' && right.text === '}') return 0
  if (left.text === '{') return structure.literalSets.has(left.start) ? 0 : 1
  if (right.text === '}') return around !== undefined && structure.literalSets.has(around.start) ? 0 : 1
  if (left.text === '(' || left.text === '[' || isClosing(right)) return 0
  if (right.text === '[') return structure.lists.has(right.start) ? 1 : 0
  if (isJoined(right.text)) return 0
  if (left.text === '.') return 0
  // `0.share` would be a malformed number.
  if (right.text === '.' && /^\d/.test(left.text)) return 1
  if (left.text === '..') return right.text === 'of' ? 1 : 0
  if (right.text === '.' || right.text === '..') return 0
  if (structure.signs.has(left.start) && left.text === '-') return 0
  // `50%(x)` would be a remainder.
  if (right.text === '(' && /^\d.*%$/.test(left.text)) return 1
  if (right.text === '(') return structure.calls.has(right.start) ? 0 : 1
  if (structure.fractions.has(left.start) || structure.fractions.has(right.start)) return 0
  return 1
}

function isJoined(text: string): boolean {
  return text === ',' || text === ';' || text === ':'
}
