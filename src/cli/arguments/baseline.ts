import { Failure } from '../../catalogue/failure.js'

/** How many there are where nobody says. */
const usual = 5

export const baselineOption = {
  kind: 'text',
  value: 'random|random(N)',
  describe: `Retrain so many random architectures of the cost of the derived one beside it; ${usual} without a number`,
} as const

/**
 * `random(3)` as what is drawn.
 * @throws Failure NAS8136 if it is anything else
 */
export function readBaseline(text: string): { readonly count: number } {
  const [whole, digits] = /^random(?:\((\d+)\))?$/u.exec(text.trim()) ?? []
  const count = digits === undefined ? usual : Number(digits)
  if (whole === undefined || count < 1) throw new Failure('unknown-baseline', { found: text })
  return { count }
}
