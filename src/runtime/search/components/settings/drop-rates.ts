import type { Bounds } from '../reader.js'

/** Of probabilities with which something is dropped: what is left is divided by what remains. */
export const dropRates: Bounds = { least: 0, most: 0.99 }
