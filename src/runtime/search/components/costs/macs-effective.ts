import { effectiveCost } from './effective-shapes.js'

/** Multiply-accumulates for one image, of layers as wide as their weights come to. */
export const macsEffective = effectiveCost('macs')
