import { domainsCatalogue } from './domains.js'
import type { CatalogueEntry, PlaceholderOf } from './entry.js'
import { lintCatalogue } from './lint.js'
import { namesCatalogue } from './names.js'
import { syntaxCatalogue } from './syntax.js'
import { typesCatalogue } from './types.js'

/** Every diagnostic of the compiler, by slug. NAS6xxx to NAS8xxx are `Failure`s of the IR, the runtime and the CLI. */
export const catalogue = {
  ...syntaxCatalogue,
  ...namesCatalogue,
  ...typesCatalogue,
  ...domainsCatalogue,
  ...lintCatalogue,
}

type Catalogue = typeof catalogue
export type Slug = keyof Catalogue

type TemplatesOf<Entry> =
  | (Entry extends { readonly message: infer Message } ? Message : never)
  | (Entry extends { readonly help: infer Help } ? Help : never)

/** What must be given to report a slug: a value for each placeholder of its message and help. */
export type ValuesOf<S extends Slug> = {
  readonly [P in PlaceholderOf<TemplatesOf<Catalogue[S]>>]: string | number | bigint
}

export function entryOf(slug: Slug): CatalogueEntry {
  return catalogue[slug]
}

export type { CatalogueEntry, CatalogueSection, Severity } from './entry.js'
