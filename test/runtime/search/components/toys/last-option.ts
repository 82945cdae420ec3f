import type { DerivationComponent } from '../../../../../src/runtime/search/components/derivations/derivation.js'

/** The last option of every choice. */
export const lastOption: DerivationComponent = () => ({
  kind: 'evidence',
  derive: (open) => Object.fromEntries(open.map(({ path, options }) => [path, [options.length - 1]])),
})
