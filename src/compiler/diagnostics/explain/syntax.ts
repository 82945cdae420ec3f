import type { syntaxCatalogue } from '../catalogue/syntax.js'
import type { ExplanationsOf } from './explanation.js'

export const syntaxExplanations: ExplanationsOf<typeof syntaxCatalogue> = {
  'unknown-character': {
    why: 'The language is written with letters, digits, `_` and a few marks. Any other character stands for nothing outside of comments and strings.',
    mend: [['16 § 2', '16 * 2']],
  },
  'unclosed-string': {
    why: 'A string begins and ends with `"` on one line, so that a forgotten quote cannot swallow the rest of the file.',
    mend: [['"rows', '"rows"']],
  },
  'unclosed-comment': {
    why: 'A comment that begins with `/*` runs to the next `*/`. Without one, the rest of the file would be comment.',
    mend: [['/* the width', '/* the width */']],
  },
  'malformed-number': {
    why: 'A number ends where a letter follows that is none of its suffixes. Nothing is guessed: `16kk` could be 16,000 or a slip.',
    mend: [['16kk', '16k']],
  },
  'number-out-of-range': {
    why: 'Numbers are IEEE doubles; a literal beyond 1.8e308 would silently be infinite.',
    mend: [['1e999', '1e9']],
  },
  'unexpected-token': {
    why: 'At this place only the things named can stand. The word or mark that was found begins something else.',
    mend: [['width 16', 'width = 16']],
  },
  'no-alternative': {
    why: 'Several things can stand here, and what was found begins none of them.',
    mend: [['/3', '3']],
  },
  'nothing-after': {
    why: 'After this mark the language needs a value, and the text goes on with something else.',
    mend: [['conv(8) ->', 'conv(8) -> relu']],
  },
  'unclosed-bracket': {
    why: 'Every bracket is closed by its like. The message names the bracket that is still open; the mistake is often right behind it.',
    mend: [['conv(8, 3 -> relu', 'conv(8, 3) -> relu']],
  },
  'reserved-word': {
    why: 'Some words begin a part of the language wherever they stand, so nothing can be called by them.',
    mend: [
      ['let stack =', 'let rows ='],
      ['conv(stack)', 'conv(rows)'],
    ],
  },
  'nested-too-deeply': {
    why: 'Brackets within brackets are followed to a fixed depth, so that no text, however made, can exhaust the compiler.',
    mend: [
      ['('.repeat(70), ''],
      [')'.repeat(70), ''],
    ],
  },
  'unknown-member': {
    why: 'Every block knows what can stand in it. A word that no item of this block begins with is not taken for a setting.',
    mend: [['imput', 'input']],
  },
  'too-many-errors': {
    why: 'After a number of mistakes in one file most of what follows is an echo of them. The rest is counted, not listed.',
    mend: [[' +', '']],
  },
}
