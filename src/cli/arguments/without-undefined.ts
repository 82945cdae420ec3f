/** The properties that have a value: what was not given stays absent, for options with a default of their own. */
export function withoutUndefined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept: { [K in keyof T]?: Exclude<T[K], undefined> } = {}
  for (const key of Object.keys(values) as (keyof T)[]) {
    const value = values[key]
    // What is left when `undefined` is taken away; TypeScript does not narrow through an index.
    if (value !== undefined) kept[key] = value as Exclude<T[typeof key], undefined>
  }
  return kept
}
