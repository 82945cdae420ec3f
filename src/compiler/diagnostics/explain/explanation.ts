/** What the page of a diagnostic says beyond its message; the wrong program is the case `test/cases/AREA/SLUG`. */
export interface Explanation {
  /** Why the language refuses it, or what it is good for to know. */
  readonly why: string
  /** Replacements that make the wrong program right; absent where the fixes of the diagnostics do. */
  readonly mend?: readonly (readonly [wrong: string, right: string])[]
}

/** One explanation per entry of a section of the catalogue. */
export type ExplanationsOf<Section> = { readonly [Slug in keyof Section]: Explanation }
