import type { ComponentUse } from '../component-use.js'
import { dropRates } from './drop-rates.js'
import type { Setting } from './setting.js'
import { stepFor } from './step-for.js'

/** Residual blocks are left out: the later one stands, the more often, up to the rate. */
export interface DropConnect {
  readonly rate: number
  /** In the last stages alone, so many. */
  readonly stages: number
  /** Sampler whose networks it is for. A network that is alone in its step has it in any case. */
  readonly for: ComponentUse
}

export const dropConnect = {
  read: (read) => ({
    rate: read.number('rate', dropRates),
    stages: read.number('stages', { least: 1, integer: true }),
    for: read.component('for'),
  }),
  parts: {
    weights: { said: ['search', 'train weights'] },
    retrain: { said: ['retrain'], inherits: 'weights' },
  },
  step: ({ rate, stages, for: by }) => stepFor(by, 'drop_connect', { dropConnect: { rate, stages } }),
} satisfies Setting<DropConnect>
