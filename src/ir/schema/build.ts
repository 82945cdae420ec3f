/** A JSON Schema, as data. */
export type Schema = Readonly<Record<string, unknown>>

type OptionalKeys<T> = { [K in keyof T]-?: object extends Pick<T, K> ? K : never }[keyof T] & string
type RequiredKeys<T> = Exclude<keyof T & string, OptionalKeys<T>>
type Optional<T> = [OptionalKeys<T>] extends [never] ? [] : [optional: Readonly<Record<OptionalKeys<T>, Schema>>]

/**
 * The schema of an interface of the model. The compiler proves that it names every property of `T`, the optional ones
 * as optional, and no other.
 */
export function record<T>(required: Readonly<Record<RequiredKeys<T>, Schema>>, ...optional: Optional<T>): Schema {
  return {
    type: 'object',
    properties: { ...required, ...optional[0] },
    required: Object.keys(required),
    additionalProperties: false,
  }
}

/** A union told apart by `kind`; the compiler proves that every kind is there. The values are names of definitions. */
export function union<T extends { readonly kind: string }>(members: Readonly<Record<T['kind'], Schema>>): Schema {
  return {
    type: 'object',
    discriminator: { propertyName: 'kind' },
    required: ['kind'],
    oneOf: Object.values(members),
  }
}

export const ref = (definition: string): Schema => ({ $ref: `#/$defs/${definition}` })
export const constant = (value: string): Schema => ({ const: value })
export const oneOf = (values: readonly string[]): Schema => ({ enum: values })
export const list = (items: Schema, least = 0): Schema =>
  least === 0 ? { type: 'array', items } : { type: 'array', items, minItems: least }
export const text: Schema = { type: 'string' }
export const name: Schema = { type: 'string', minLength: 1 }
export const number: Schema = { type: 'number' }
export const boolean: Schema = { type: 'boolean' }

/** An object with free keys. `__proto__` is no key: what reads it with `object[key]` would see the prototype. */
export const map = (values: Schema): Schema => ({
  type: 'object',
  propertyNames: { minLength: 1, not: { const: '__proto__' } },
  additionalProperties: values,
})
