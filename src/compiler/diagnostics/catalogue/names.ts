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
  'ambiguous-name': {
    code: 'NAS2105',
    severity: 'error',
    message: '{name} may mean several things: it comes from {modules}',
  },
  'unknown-component': {
    code: 'NAS2106',
    severity: 'error',
    message: 'unknown search component {name}',
  },
  'unknown-setting': {
    code: 'NAS2107',
    severity: 'error',
    message: 'unknown setting {name}',
  },
  'unknown-param': {
    code: 'NAS2108',
    severity: 'error',
    message: 'the program has no param {name}',
  },
  'unknown-space': {
    code: 'NAS2109',
    severity: 'error',
    message: 'there is no space {name}',
  },
  'unknown-cell': {
    code: 'NAS2110',
    severity: 'error',
    message: 'the space has no cell {name}',
  },
  'unknown-source': {
    code: 'NAS2111',
    severity: 'error',
    message: 'the cell has no feature map or node {name}',
  },
  'unknown-category': {
    code: 'NAS2112',
    severity: 'error',
    message: 'an extern cannot declare {name}',
  },
  'not-rewritable': {
    code: 'NAS2113',
    severity: 'error',
    message: 'the space has nothing called {name} that can be rewritten',
  },
  'circular-definition': {
    code: 'NAS2114',
    severity: 'error',
    message: '{name} is defined by itself: {path}',
    help: 'The language has no recursion; break the circle at one of these places.',
  },
  'param-clash': {
    code: 'NAS2115',
    severity: 'error',
    message: 'two params of the program are called {name}, so that the command line could not tell them apart',
    help: 'Give one of them another name.',
  },
} as const satisfies CatalogueSection
