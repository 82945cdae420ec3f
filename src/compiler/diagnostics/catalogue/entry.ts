export type Severity = 'error' | 'warning' | 'information'

/**
 * One kind of diagnostic. Its key in a section is its slug; slug and code never change once published.
 *
 * `{name}` in `message` and `help` is a placeholder that whoever reports must fill: the compiler checks it. The message
 * says what is wrong, in lower case; the help says what to do. Neither contains a brace that is not a placeholder.
 */
export interface CatalogueEntry {
  /** `NAS` and four digits; the first is the thousand of the stage. */
  readonly code: `NAS${number}`
  readonly severity: Severity
  readonly message: string
  readonly help?: string
}

export type CatalogueSection = Readonly<Record<string, CatalogueEntry>>

/** The placeholders of a template: `'unknown name {name}'` has `'name'`. */
export type PlaceholderOf<Template> = Template extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PlaceholderOf<Rest>
  : never
