import type { DiagnosticSection } from './entry.js'

/** NAS5xxx: what is allowed but probably not meant. */
export const lintCatalogue = {
  'unused-import': {
    code: 'NAS5001',
    severity: 'warning',
    message: '{name} is imported and never used',
    help: 'Remove it from the import.',
    why: 'An import that nothing uses makes a file look as if it needed more than it does.',
    fix: [
      ['{ conv, bn }', '{ conv }'],
      ['import std:search\n', ''],
    ],
  },
  'unused-param': {
    code: 'NAS5002',
    severity: 'warning',
    message: 'the param {name} is never used',
    help: 'Remove it, or use it: setting it from the command line changes nothing.',
    why: 'A param is offered on the command line; one that nothing reads changes nothing there, which is hard to notice.',
    fix: [['conv(8)', 'conv(width)']],
  },
  'unused-parameter': {
    code: 'NAS5003',
    severity: 'warning',
    message: 'the parameter {name} is never used',
    help: 'Remove it, or use it: an argument for it changes nothing.',
    why: 'Whoever gives an argument for it expects it to matter.',
    fix: [['conv(width)', 'conv(width, kernel)']],
  },
  'unused-let': {
    code: 'NAS5004',
    severity: 'warning',
    message: '{name} is never used',
    help: 'Remove it; a choice in it is never made.',
    why: 'Above all a choice in a `let` that nothing uses is never made: the space is smaller than it looks.',
    fix: [['  let wide = one of { 1, 2 }\n', '']],
  },
  'not-available': {
    code: 'NAS5006',
    severity: 'warning',
    message: '{what} is not available yet',
    help: 'The file can be checked, and its spaces counted and drawn; `nasc run` refuses the search.',
    why: 'The language is ahead of the runtime: what is declared as `planned` has a meaning and a documentation, and nothing computes it yet.',
    fix: [['wobble & crop(2)', 'crop(2)']],
  },
  'condition-before-arrow': {
    code: 'NAS5005',
    severity: 'warning',
    message: 'this condition ends before the `->` behind it',
    help: 'Write `(if … then a) -> b` if b is done in any case, and `if … then (a -> b)` if the condition is for both.',
    why: 'A branch of a condition ends at the next `->`, so that a pipeline can leave out one step. Who reads `if … then a -> b` may take both for the branch; parentheses say which is meant.',
    fix: [['if deep then conv(in) -> bn', '(if deep then conv(in)) -> bn']],
  },
  'vanishing-objective': {
    code: 'NAS5015',
    severity: 'warning',
    message: '{what} is zero whatever is trained: {reason}',
    help: 'Take it out.',
    why: 'A term of what a search minimises is about something that this space, or the way in which it is relaxed, does not have. The search runs, and the term does nothing.',
    fix: [['passive_aggressive(invalid: outside)', 'passive_aggressive']],
  },
} as const satisfies DiagnosticSection
