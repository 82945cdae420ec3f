/** Architectures as text and as bindings: what a declaration binds, how one is printed, what it must cost. */
export { openDecisions } from './open-decisions.js'
export { printArchitecture } from './print-architecture.js'
export * from './resolve-architecture.js'
export * from './verify-expectations.js'
