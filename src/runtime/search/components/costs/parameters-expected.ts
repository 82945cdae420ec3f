import { expectedCost } from './expected-cost.js'

/** Trained scalars; a weight that several layers read counts once. */
export const parametersExpected = expectedCost('parameters')
