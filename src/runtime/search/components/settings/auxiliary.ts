import type { Setting } from './setting.js'

export interface Auxiliary {
  /** Weight of its loss, above 0. */
  readonly weight: number
  /** Where it reads in the stack, as a share of its cells. */
  readonly at: number
  /** The head itself, as `.nas`; absent: the program's `auxiliary_head`. */
  readonly head?: string
}

/** A second head, while the network is trained. A loss that weighs nothing has none. */
export const auxiliary = {
  read(read): Auxiliary | undefined {
    const weight = read.number('weight', { least: 0 })
    if (weight === 0) return undefined
    const at = read.number('at', { above: 0, most: 1 })
    return { weight, at, ...(read.has('head') && { head: read.text('head') }) }
  },
  parts: { retrain: { said: ['retrain'] } },
  build({ at }, operation) {
    const head = operation('head')
    return { auxiliaryAt: at, ...(head !== undefined && { auxiliaryHead: head }) }
  },
  step:
    ({ weight }) =>
    () => ({ auxiliaryWeight: weight }),
} satisfies Setting<Auxiliary>
