import { Failure } from '../../../../catalogue/failure.js'
import type { Setting } from './setting.js'

/** Epochs at first in which the choices are not trained. */
export const frozen = {
  read: (read) => read.number('epochs', { least: 0, integer: true }),
  parts: { choices: { said: ['search', 'train choices'] } },
  check(count, { search, epochs }) {
    if (count >= Math.max(1, epochs)) throw new Failure('frozen-throughout', { search, frozen: count, epochs })
  },
  isDue: ({ epoch }, count) => epoch >= count,
} satisfies Setting<number>
