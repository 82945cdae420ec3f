import { Lexer } from './chevrotain.js'
import { allTokens } from './tokens.js'

/** The definitions are checked in tests (`new Lexer(allTokens)`), not at every start. */
export const nasLexer = new Lexer(allTokens, {
  ensureOptimizations: true,
  skipValidations: true,
  positionTracking: 'full',
})
