import { Failure } from '../../../../catalogue/failure.js'
import { idleSetting } from './idle.js'
import type { Setting } from './setting.js'

/** Epochs of the search before architectures are scored that the predictor is fitted to; 0: it is not said, or the predictor is fitted to
 * measurements. */
export const pretrain = {
  read: (read) => read.number('epochs', { least: 1, integer: true }),
  parts: {
    predictor: {
      said: ['train predictor'],
      settle(said, { clause, predicts }) {
        if (said === undefined || predicts === 'scores') return said ?? 0
        throw idleSetting('pretrain', clause, 'measurements are there before the search begins.')
      },
    },
  },
  check(count, { epochs }) {
    if (epochs === 0 || count < epochs) return
    const reason = `nothing would be ranked by a predictor that is fitted after ${String(count)} of ${String(epochs)} epochs`
    throw new Failure(
      'predictor-does-not-fit',
      { clause: 'train predictor', component: 'pretrain', reason },
      { help: 'Train for more epochs, or `pretrain` for fewer.' },
    )
  },
} satisfies Setting<number>
