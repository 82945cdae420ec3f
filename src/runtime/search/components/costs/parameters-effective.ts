import { effectiveCost } from './effective-shapes.js'

/** Trained scalars, of layers as wide as their weights come to; a weight that several layers read counts once. */
export const parametersEffective = effectiveCost('parameters')
