import type { CatalogueSection } from './entry.js'

/** NAS4xxx: domains and constraints. */
export const domainsCatalogue = {
  'empty-choice': {
    code: 'NAS4001',
    severity: 'error',
    message: 'this choice has no options',
    help: 'Give it at least one.',
  },
  'unmet-expectation': {
    code: 'NAS4101',
    severity: 'error',
    message: 'expected {expected}, found {found}',
  },
} as const satisfies CatalogueSection
