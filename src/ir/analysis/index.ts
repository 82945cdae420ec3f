/**
 * Exact analysis of spaces, never by enumeration. For the commands:
 *
 * - `countArchitectures(ir, space, { params })`: number under all constraints, per decision and per option
 * - `costRange(ir, space, { params, convention? }, quantity)`: least and greatest cost with the architectures that have it
 * - `costHistogram(ir, space, { params, convention? }, quantity)`: how many architectures have which cost
 * - `findContradiction(ir, space, { params })`: the fewest constraints that cannot hold together, or undefined
 * - `deadOptions(ir, space, { params })`: options that no architecture can take
 * - `sampler(ir, space, { params, convention? }, { where? })`: `{ draw(random): Architecture, count: bigint, bucketWidth, leftOut }`
 * - `countDistinct(ir, space, { params })`: number of networks that differ, or undefined where that is not known
 */
export { symmetricSums } from './count.js'
