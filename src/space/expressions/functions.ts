/** A built-in function of numbers: how many arguments it takes, and its value. */
export interface BuiltIn {
  readonly least: number
  /** Absent: any number of arguments. */
  readonly most?: number
  readonly doc: string
  readonly of: (...numbers: readonly number[]) => number
}

const one = (doc: string, of: (x: number) => number): BuiltIn => ({ least: 1, most: 1, doc, of: (x = 0) => of(x) })

/**
 * Nearest multiple of `step`, halves up, at least `step`, and the next one if that is less than `share` of x.
 * With 8 and 0.9: MobileNet, once-for-all, AttentiveNAS. With 8 and 0.95: mobile-vision (FBNetV2).
 */
function roundToMultiple(x: number, step: number, share: number): number {
  const near = Math.max(step, Math.floor((x + step / 2) / step) * step)
  return near < share * x ? near + step : near
}

/** mobile-vision leaves multiples of 8 as they are, which {@link roundToMultiple} does too. */
export const functions: Readonly<Record<string, BuiltIn>> = {
  ceil: one('The least integer that is not below x.', Math.ceil),
  floor: one('The greatest integer that is not above x.', Math.floor),
  round: one('The nearest integer; halves go to the even one, as in Python.', roundHalfEven),
  abs: one('x without its sign.', Math.abs),
  log: one('Natural logarithm.', Math.log),
  exp: one('e to the x.', Math.exp),
  sqrt: one('Square root.', Math.sqrt),
  min: { least: 1, doc: 'The least of its arguments.', of: (...xs) => Math.min(...xs) },
  max: { least: 1, doc: 'The greatest of its arguments.', of: (...xs) => Math.max(...xs) },
  round8: one(
    'Multiple of 8 as in MobileNet, once-for-all and AttentiveNAS: max(8, int(x + 4) // 8 * 8), 8 more if below 0.9 x.',
    (x) => roundToMultiple(x, 8, 0.9),
  ),
  round8_95: one('Multiple of 8 as in mobile-vision (FBNetV2): as round8, but 8 more if below 0.95 x.', (x) =>
    roundToMultiple(x, 8, 0.95),
  ),
}

function roundHalfEven(x: number): number {
  const below = Math.floor(x)
  const rest = x - below
  if (rest !== 0.5) return Math.round(x)
  return below % 2 === 0 ? below : below + 1
}
