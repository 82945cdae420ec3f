import { effectiveCost } from './effective-shapes.js'

/** Bytes of the outputs of all layers and merges for one image, as large as their weights come to. */
export const activationBytesEffective = effectiveCost('activation_bytes')
