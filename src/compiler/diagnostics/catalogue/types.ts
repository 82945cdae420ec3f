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
} as const satisfies CatalogueSection
