import type { CatalogueSection } from './entry.js'

/** NAS1xxx: characters and grammar. */
export const syntaxCatalogue = {
  'unknown-character': {
    code: 'NAS1001',
    severity: 'error',
    message: 'unexpected character {characters}',
    help: 'Remove it; text belongs into a comment (//) or a string ("…").',
  },
  'unclosed-string': {
    code: 'NAS1002',
    severity: 'error',
    message: 'this string has no closing quote',
    help: 'A string ends with " on the line where it begins.',
  },
  'unclosed-comment': {
    code: 'NAS1003',
    severity: 'error',
    message: 'this comment has no end',
    help: 'A block comment ends with */.',
  },
  'malformed-number': {
    code: 'NAS1004',
    severity: 'error',
    message: 'malformed number {text}',
    help: 'Numbers are written like 3, 3_349_342, 0.025, 3e-4, 6k, 5M, 1.5G or 50%.',
  },
  'number-out-of-range': {
    code: 'NAS1005',
    severity: 'error',
    message: 'the number {text} is too large to be represented',
  },
  'unexpected-token': {
    code: 'NAS1101',
    severity: 'error',
    message: 'expected {expected}, found {found}',
  },
  'no-alternative': {
    code: 'NAS1102',
    severity: 'error',
    message: 'expected {expected}, found {found}',
  },
  'nothing-after': {
    code: 'NAS1103',
    severity: 'error',
    message: 'expected {expected} after {before}, found {found}',
  },
  'unclosed-bracket': {
    code: 'NAS1104',
    severity: 'error',
    message: 'expected {expected} to close this {opening}, found {found}',
  },
  'reserved-word': {
    code: 'NAS1105',
    severity: 'error',
    message: 'the word {word} belongs to the language and cannot be a name here',
    help: 'Choose another name.',
  },
  'nested-too-deeply': {
    code: 'NAS1106',
    severity: 'error',
    message: 'nested more than {limit} levels deep',
    help: 'Give a part of it a name with let.',
  },
  'unknown-member': {
    code: 'NAS1108',
    severity: 'error',
    message: '{container} has no {found}',
    help: 'There can be {members}.',
  },
  'too-many-errors': {
    code: 'NAS1107',
    severity: 'information',
    message: 'and {count} more in this file',
    help: 'Mend the first ones; most of the others follow from them.',
  },
} as const satisfies CatalogueSection
