import type { CatalogueSection } from './entry.js'

/** NAS2xxx: modules and names. */
export const namesCatalogue = {
  'missing-module': {
    code: 'NAS2001',
    severity: 'error',
    message: 'there is no module {module}',
  },
  'import-cycle': {
    code: 'NAS2002',
    severity: 'error',
    message: 'modules import each other in a circle: {path}',
    help: 'Move what both need into a third module.',
  },
  'unreadable-module': {
    code: 'NAS2003',
    severity: 'error',
    message: 'the module {module} cannot be read: {reason}',
  },
  'missing-entry': {
    code: 'NAS2004',
    severity: 'error',
    message: 'there is no file {path}',
  },
  'unknown-name': {
    code: 'NAS2101',
    severity: 'error',
    message: 'unknown name {name}',
  },
  'duplicate-name': {
    code: 'NAS2102',
    severity: 'error',
    message: '{name} is declared twice',
    help: 'Give one of them another name.',
  },
  'not-exported': {
    code: 'NAS2103',
    severity: 'error',
    message: 'the module {module} has no {name}',
  },
  'unknown-operation': {
    code: 'NAS2104',
    severity: 'error',
    message: 'unknown operation {name}',
  },
} as const satisfies CatalogueSection
