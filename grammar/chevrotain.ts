import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import type * as Chevrotain from 'chevrotain'

/**
 * Chevrotain from the single file that its package contains, beside the many small ones that its entry point loads
 * (chevrotain, lodash-es): that takes 15 ms at every start of `nasc` and not 330 ms. The file is not among the exports of
 * the package, so it is found by its place beside the entry point, `lib/src/api.js`. Everything takes Chevrotain from
 * here: tokens and parsers of two copies do not fit.
 */
const entry = pathToFileURL(createRequire(import.meta.url).resolve('chevrotain'))
const bundle = new URL('../chevrotain.mjs', entry)

// The file is what the entry point exports, bundled; its types are those of the package.
const chevrotain = (await import(bundle.href)) as typeof Chevrotain

export const {
  Alternation,
  Alternative,
  CstParser,
  EOF,
  Lexer,
  NonTerminal,
  Option,
  Repetition,
  RepetitionMandatory,
  RepetitionMandatoryWithSeparator,
  RepetitionWithSeparator,
  Terminal,
  createToken,
  generateCstDts,
  tokenLabel,
} = chevrotain
