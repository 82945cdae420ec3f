/** What every entry says. Its key in a section is its slug; slug and code never change once published. */
interface Entry {
  /** `NAS` and four digits; the first is the thousand of the stage. A code means one thing for ever. */
  readonly code: `NAS${number}`
  /**
   * What is wrong. `{name}` is a placeholder, here and in `help`, that whoever reports must fill: the compiler checks it.
   * `{count|input|inputs}` is the word that goes with its number. A brace that a space follows is a brace.
   */
  readonly message: string
  /** Why it is refused, or what is good to know of it; for the page of the code. */
  readonly why: string
}

export type Severity = 'error' | 'warning' | 'information'

/** What the compiler finds in a program and reports at a place in its text. The message is in lower case, without an end. */
export interface DiagnosticEntry extends Entry {
  readonly severity: Severity
  /** What to do, in sentences. */
  readonly help?: string
  /**
   * Replacements that make the wrong program of the case `test/cases/AREA/SLUG` right; absent where the fixes of the
   * diagnostics do.
   */
  readonly fix?: readonly (readonly [wrong: string, right: string])[]
}

export type DiagnosticSection = Readonly<Record<string, DiagnosticEntry>>

/** What else a user can mend. Nothing shows it but the message, a sentence of its own. */
export interface FailureEntry extends Entry {
  /** What to do, in sentences. */
  readonly help: string
  /** What to do, for the page of the code, where the help says it with what only the failure knows. */
  readonly fix?: string
}

export type FailureSection = Readonly<Record<string, FailureEntry>>

/** The placeholders of a template: `'unknown name {name}'` has `'name'`, `{count|input|inputs}` has `'count'`. */
type PlaceholderOf<Template> = Template extends `${string}{${infer Name}}${infer Rest}`
  ? | (Name extends ` ${string}` ? never : Name extends `${infer Counted}|${string}` ? Counted : Name)
    | PlaceholderOf<Rest>
  : never

type TemplatesOf<E> =
  | (E extends { readonly message: infer Message } ? Message : never)
  | (E extends { readonly help: infer Help } ? Help : never)

/** What must be given with an entry: a value for each placeholder of its message and help. */
export type ValuesOf<E> = { readonly [P in PlaceholderOf<TemplatesOf<E>>]: Value }

type Value = string | number | bigint

const placeholders = /\{(\w+)(?:\|([^|{}]*)\|([^|{}]*))?\}/g

/** A template with its placeholders filled, and the words that go with numbers in their number. */
export function fill(template: string, values: Readonly<Record<string, Value>>): string {
  return template.replace(placeholders, (_, name: string, one?: string, many?: string) => {
    const text = String(values[name] ?? '')
    return many === undefined ? text : text === '1' ? (one ?? '') : many
  })
}

/** A template as a general statement: each placeholder as `named` writes it, words that go with numbers in the plural. */
export function generally(template: string, named: (name: string) => string): string {
  return template.replace(placeholders, (_, name: string, _one?: string, many?: string) => many ?? named(name))
}
