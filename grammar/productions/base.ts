import type { IToken, TokenType } from 'chevrotain'
import { CstParser, EOF } from '../chevrotain.js'
import { wordsOfErrors } from '../messages.js'
import * as t from '../tokens.js'

export interface ParserOptions {
  /** Checks the grammar itself when the parser is made: in tests. */
  readonly validate: boolean
}

/**
 * What all layers of the grammar share. Productions are pure: they build the concrete syntax tree and nothing else.
 * Newlines mean nothing but in one place: words that follow an expression belong to it only on the same line.
 */
export class BaseParser extends CstParser {
  constructor(options: ParserOptions) {
    super(t.allTokens, {
      recoveryEnabled: true,
      maxLookahead: 1,
      nodeLocationTracking: 'full',
      skipValidations: !options.validate,
      errorMessageProvider: wordsOfErrors,
    })
  }

  protected ahead(distance: number): TokenType {
    return this.LA(distance).tokenType
  }

  /** The next token stands on the line on which the last one ended. */
  protected onSameLine(): boolean {
    const last: IToken = this.LA(0)
    const next: IToken = this.LA(1)
    return next.tokenType !== EOF && last.endLine === next.startLine
  }

  /** Behind the next token, on its line, stands something that can be a name. */
  protected nextIsName(): boolean {
    const first: IToken = this.LA(1)
    const second: IToken = this.LA(2)
    const isName = second.tokenType === t.Name || second.tokenType.CATEGORIES?.includes(t.Name) === true
    return isName && first.endLine === second.startLine
  }

  /** The token at a distance closes a list, so that the comma before it is a trailing one. */
  protected closesAt(distance: number): boolean {
    const type = this.ahead(distance)
    return type === t.RightBrace || type === t.RightParenthesis || type === t.RightBracket || type === EOF
  }

  /** The distance of the token that closes the bracket which the token at a distance opens, or of the end of the text. */
  protected closingOf(opening: number): number {
    let depth = 0
    for (let distance = opening; ; distance++) {
      const type = this.ahead(distance)
      if (type === EOF) return distance
      if (type === t.LeftBracket || type === t.LeftParenthesis || type === t.LeftBrace) depth++
      else if (this.closesAt(distance) && --depth === 0) return distance
    }
  }

  /** No blank stands before the next token: in a path, parentheses behind a blank hold the value that follows it. */
  protected isJoined(): boolean {
    return this.LA(1).startOffset === (this.LA(0).endOffset ?? 0) + 1
  }
}
