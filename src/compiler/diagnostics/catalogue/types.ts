import type { CatalogueSection } from './entry.js'

/** NAS3xxx: types and shapes. */
export const typesCatalogue = {
  'wrong-type': {
    code: 'NAS3001',
    severity: 'error',
    message: 'expected {expected}, found {found}',
  },
  'unknown-argument': {
    code: 'NAS3002',
    severity: 'error',
    message: '{callee} has no parameter {name}',
  },
  'missing-argument': {
    code: 'NAS3003',
    severity: 'error',
    message: '{callee} needs a value for {name}',
  },
  'argument-twice': {
    code: 'NAS3004',
    severity: 'error',
    message: '{name} is given twice',
    help: 'Remove one of them.',
  },
  'too-many-arguments': {
    code: 'NAS3005',
    severity: 'error',
    message: '{callee} takes at most {count} arguments',
  },
  'wrong-count': {
    code: 'NAS3006',
    severity: 'error',
    message: '{callee} takes {expected}, found {found}',
  },
  'not-callable': {
    code: 'NAS3007',
    severity: 'error',
    message: '{found} cannot take arguments',
    help: 'Operations, cells, search components and functions of numbers take arguments.',
  },
  'unknown-type': {
    code: 'NAS3008',
    severity: 'error',
    message: 'unknown type {name}',
  },
  'untyped-parameter': {
    code: 'NAS3009',
    severity: 'error',
    message: 'the parameter {name} has neither a type nor a default',
    help: 'Write its type behind it: `{name}: int`.',
  },
  'wrong-operands': {
    code: 'NAS3010',
    severity: 'error',
    message: '{operator} does not go with {left} and {right}',
  },
  'mixed-set': {
    code: 'NAS3011',
    severity: 'error',
    message: 'a set holds things of one kind: expected {expected}, found {found}',
  },
  'branches-differ': {
    code: 'NAS3012',
    severity: 'error',
    message: 'both branches must be of one kind: expected {expected}, found {found}',
  },
  'missing-else': {
    code: 'NAS3013',
    severity: 'error',
    message: 'an `if` without `else` must be an operation, found {found}',
    help: 'Without `else` nothing is done to what arrives; a value needs one: `if … then … else …`.',
  },
  'no-place': {
    code: 'NAS3015',
    severity: 'error',
    message: '{name} is a fact of the place where an operation stands, and there is none here',
    help: 'It is known in operations, cells and networks. Write the number, or a param.',
  },
  'no-fields': {
    code: 'NAS3016',
    severity: 'error',
    message: '{found} has no field {name}',
  },
  'unknown-field': {
    code: 'NAS3017',
    severity: 'error',
    message: 'a feature map has no {name}',
  },
  'no-index': {
    code: 'NAS3018',
    severity: 'error',
    message: '{found} has no members that a number could pick',
  },
  'missing-value': {
    code: 'NAS3019',
    severity: 'error',
    message: '{name} needs a value behind it',
  },
  'stray-words': {
    code: 'NAS3020',
    severity: 'error',
    message: 'the word {word} means nothing behind {found}',
    help: 'Words behind a search component are arguments by name.',
  },
  'unknown-scope': {
    code: 'NAS3021',
    severity: 'error',
    message: 'a choice cannot be made per {name}',
  },
  'not-a-cell': {
    code: 'NAS3022',
    severity: 'error',
    message: 'expected a cell, found {found}',
  },
  'not-an-image': {
    code: 'NAS3023',
    severity: 'error',
    message: 'the input of a space is an image size, found {found}',
    help: 'Write `image(height, width, channels)`, or `image(side, channels)` for a square one.',
  },
  'unknown-merge': {
    code: 'NAS3024',
    severity: 'error',
    message: 'inputs cannot be merged by {name}',
  },
  'unsupported-output': {
    code: 'NAS3025',
    severity: 'error',
    message: 'this is no output of a cell',
    help: 'Write a node, or a merge of nodes: `concat(n)`, `concat(any 1.. of n) + project(x)`.',
  },
  'override-unknown': {
    code: 'NAS3026',
    severity: 'error',
    message: '{operation} has no parameter {name} that could be set on some edges',
  },
  'unknown-rule-part': {
    code: 'NAS3028',
    severity: 'error',
    message: 'unknown {what} {name}',
  },
  'rules-without-operation': {
    code: 'NAS3029',
    severity: 'error',
    message: 'only an operation has rules; {name} is {found}',
  },
  'no-value': {
    code: 'NAS3030',
    severity: 'error',
    message: 'a let holds a value, and {found} is none',
  },
  'member-without': {
    code: 'NAS3031',
    severity: 'error',
    message: '{operation} has no parameter {name}, which every operation of the set must have',
  },
  'unnamed-argument': {
    code: 'NAS3032',
    severity: 'error',
    message: 'an argument for {found} needs its name',
    help: 'Write it: `block(expand: 1)` gives `expand` to every operation of the set.',
  },
  shape: {
    code: 'NAS3101',
    severity: 'error',
    message: '{space} cannot be built: {what}',
  },
} as const satisfies CatalogueSection
