import { expectedCost } from './expected-cost.js'

/** Bytes of the outputs of all layers and merges for one image. */
export const activationBytesExpected = expectedCost('activation_bytes')
