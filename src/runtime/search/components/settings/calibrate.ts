import { otherwise, type Setting } from './setting.js'

/** Batches of training images that the statistics of batch norms are measured on before an architecture is judged. */
export const calibrate = {
  read: (read) => read.number('batches', { least: 0, integer: true }),
  parts: { search: { said: ['search'], settle: otherwise(100) } },
} satisfies Setting<number>
