import { domainsExplanations } from './domains.js'
import { lintExplanations } from './lint.js'
import { namesExplanations } from './names.js'
import { syntaxExplanations } from './syntax.js'
import { typesExplanations } from './types.js'
import type { Slug } from '../catalogue/index.js'
import type { Explanation } from './explanation.js'

/** The explanation of every diagnostic of the compiler, by slug. */
export const explanations: { readonly [S in Slug]: Explanation } = {
  ...syntaxExplanations,
  ...namesExplanations,
  ...typesExplanations,
  ...domainsExplanations,
  ...lintExplanations,
}

export type { Explanation } from './explanation.js'
