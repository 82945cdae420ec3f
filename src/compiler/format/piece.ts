/** A token or comment of a text that is being formatted. */
export interface Piece {
  readonly text: string
  readonly kind: 'token' | 'comment'
  /** Offset in the text; that of the token before for a comma that the formatter adds. */
  readonly start: number
  /** Line breaks before it: none, one, or two where a blank line stands between. */
  readonly breaks: 0 | 1 | 2
}

/** What stands on one line, how far it is indented, and extra blanks before some pieces. */
export interface Line {
  readonly pieces: readonly Piece[]
  /** True if a blank line stands before it. */
  readonly apart: boolean
}

export function isOpening({ kind, text }: Piece): boolean {
  return kind === 'token' && (text === '(' || text === '[' || text === '{')
}

export function isClosing({ kind, text }: Piece): boolean {
  return kind === 'token' && (text === ')' || text === ']' || text === '}')
}
