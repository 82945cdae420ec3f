import { idleSetting } from './idle.js'
import type { Setting } from './setting.js'

/** Batches of training images that the statistics of batch norms are measured on before an architecture is judged. */
export const calibrate = {
  read: (read) => read.number('batches', { least: 0, integer: true }),
  parts: {
    search: {
      said: ['search'],
      settle(said, { clause, trainsEach }) {
        if (said === undefined || trainsEach === undefined) return said ?? 100
        throw idleSetting('calibrate', clause, 'each architecture is judged with statistics of its own.')
      },
    },
  },
} satisfies Setting<number>
