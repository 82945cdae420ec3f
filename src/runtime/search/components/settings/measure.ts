import { otherwise, type Setting } from './setting.js'

/** Where the search is silent: reconstructed for LA-DARTS (arXiv 2001.06392 was not read so far). */
export const measuredArchitectures = 2000

/** Architectures that are measured where there is no file of measurements. */
export const measure = {
  read: (read) => read.number('architectures', { least: 2, integer: true }),
  parts: { predictor: { said: ['train predictor'], settle: otherwise(measuredArchitectures) } },
} satisfies Setting<number>
