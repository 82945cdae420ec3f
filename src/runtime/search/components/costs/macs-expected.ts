import { expectedCost } from './expected-cost.js'

/** Multiply-accumulates for one image. */
export const macsExpected = expectedCost('macs')
