import type { CatalogueSection } from './entry.js'

/** NAS5xxx: what is allowed but probably not meant. */
export const lintCatalogue = {
  'unused-import': {
    code: 'NAS5001',
    severity: 'warning',
    message: '{name} is imported and never used',
    help: 'Remove it from the import.',
  },
} as const satisfies CatalogueSection
