import type { lintCatalogue } from '../catalogue/lint.js'
import type { ExplanationsOf } from './explanation.js'

export const lintExplanations: ExplanationsOf<typeof lintCatalogue> = {
  'unused-import': {
    why: 'An import that nothing uses makes a file look as if it needed more than it does.',
    mend: [
      ['{ conv, bn }', '{ conv }'],
      ['import std:search\n', ''],
    ],
  },
  'unused-param': {
    why: 'A param is offered on the command line; one that nothing reads changes nothing there, which is hard to notice.',
    mend: [['conv(8)', 'conv(width)']],
  },
  'unused-parameter': {
    why: 'Whoever gives an argument for it expects it to matter.',
    mend: [['conv(width)', 'conv(width, kernel)']],
  },
  'unused-let': {
    why: 'Above all a choice in a `let` that nothing uses is never made: the space is smaller than it looks.',
    mend: [['  let wide = one of { 1, 2 }\n', '']],
  },
}
