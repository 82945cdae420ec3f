/** Architectures as text and as bindings: what a declaration binds, how one is printed, what it must cost. */
export { paramsOf } from './architecture-params.js'
export type { Claim } from './claims.js'
export { describeArity, type EntryFault } from './entry-fault.js'
export { decisionsOfCells, optionNamed } from './named-options.js'
export { reachedDecisions } from './reached-decisions.js'
export { printArchitecture } from './print-architecture.js'
export * from './resolve-architecture.js'
export * from './verify-expectations.js'
