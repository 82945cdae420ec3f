/** `3, 4 or 5`; long rows of numbers with equal steps by their ends: `112 to 216 in steps of 8`. */
export function alternatives(options: readonly string[], values: readonly number[] | undefined): string {
  const [first = 0, second = 0] = values ?? []
  const last = values?.at(-1)
  if (values && last !== undefined && values.length > 5) {
    const step = second - first
    if (values.every((value, index) => Math.abs(value - first - index * step) < 1e-9)) {
      return step === 1 ? `${first} to ${last}` : `${first} to ${last} in steps of ${Number(step.toFixed(9))}`
    }
  }
  return listed(options, 'or')
}

/** `a, b and c`. */
export function listed(items: readonly string[], last: 'and' | 'or'): string {
  const [only] = items
  if (items.length <= 1) return only ?? ''
  return `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1) ?? ''}`
}

/** `one of 8`, `any 2 of 5`, `any 1 to 3 of 4`, `all 2`. */
export function howMany(arity: { readonly least: number; readonly most: number } | undefined, options: number): string {
  return arity?.least === options ? `all ${options}` : `${takes(arity)} ${options}`
}

function takes(arity: { readonly least: number; readonly most: number } | undefined): string {
  if (!arity) return 'one of'
  return arity.least === arity.most ? `any ${arity.least} of` : `any ${arity.least} to ${arity.most} of`
}

/** `3.02 × 10^18`, for a number with more than nine digits. */
export function magnitude(count: bigint): string | undefined {
  const digits = count.toString()
  if (digits.length <= 9) return undefined
  const rounded = Math.round(Number(digits.slice(0, 4)) / 10) / 100
  return rounded >= 10 ? `1.00 × 10^${digits.length}` : `${rounded.toFixed(2)} × 10^${digits.length - 1}`
}

/** A doc comment as one paragraph. */
export function paragraph(doc: string | undefined): string | undefined {
  const text = doc?.trim().replace(/\s*\n\s*/g, ' ')
  return text === '' ? undefined : text
}
