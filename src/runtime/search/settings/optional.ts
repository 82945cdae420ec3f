/** A property that is there if it has a value. */
export function optional<Name extends string, T>(name: Name, value: T | undefined): { readonly [Key in Name]?: T } {
  // A computed key widens to an index signature; the object has this one key or none.
  return (value === undefined ? {} : { [name]: value }) as { readonly [Key in Name]?: T }
}
