import { zeroResiduals } from '../../../plan/zero-residuals.js'
import type { Setting } from './setting.js'

/** Residual blocks start as identities. */
export const zeroInitResidual = {
  read: (read) => read.boolean('on'),
  parts: {
    weights: { said: ['search', 'train weights'] },
    retrain: { said: ['retrain'], inherits: 'weights' },
  },
  network: (network, on) => (on ? zeroResiduals(network) : network),
} satisfies Setting<boolean>
