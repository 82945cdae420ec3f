import type { CatalogueSection } from './entry.js'

/** NAS5xxx: what is allowed but probably not meant. */
export const lintCatalogue = {
  'unused-import': {
    code: 'NAS5001',
    severity: 'warning',
    message: '{name} is imported and never used',
    help: 'Remove it from the import.',
  },
  'unused-param': {
    code: 'NAS5002',
    severity: 'warning',
    message: 'the param {name} is never used',
    help: 'Remove it, or use it: setting it from the command line changes nothing.',
  },
  'unused-parameter': {
    code: 'NAS5003',
    severity: 'warning',
    message: 'the parameter {name} is never used',
    help: 'Remove it, or use it: an argument for it changes nothing.',
  },
  'unused-let': {
    code: 'NAS5004',
    severity: 'warning',
    message: '{name} is never used',
    help: 'Remove it; a choice in it is never made.',
  },
} as const satisfies CatalogueSection
