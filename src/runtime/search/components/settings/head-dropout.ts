import type { ComponentUse } from '../component-use.js'
import { dropRates } from './drop-rates.js'
import type { Setting } from './setting.js'
import { stepFor } from './step-for.js'

export interface HeadDropout {
  readonly rate: number
  /** Sampler whose networks it is for. A network that is alone in its step has it in any case. */
  readonly for: ComponentUse
}

/** Share of the numbers before the classifier that are dropped. */
export const headDropout = {
  read: (read) => ({ rate: read.number('rate', dropRates), for: read.component('for') }),
  parts: {
    weights: { said: ['search', 'train weights'] },
    retrain: { said: ['retrain'], inherits: 'weights' },
  },
  step: ({ rate, for: by }) => stepFor(by, 'head_dropout', { headDropout: rate }),
} satisfies Setting<HeadDropout>
