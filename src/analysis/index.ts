/** Exact analysis of spaces, never by enumeration: what `nasc check`, `count`, `cost` and `sample` say of a whole space. */
export { countArchitectures, hasConstraints, type Count } from './queries/count.js'
export { costRange, type CostRange, type Extreme } from './queries/range.js'
export { costHistogram, type Histogram } from './queries/histogram.js'
export { bestArchitecture, type SelectionScore } from './queries/best.js'
export { findContradiction, type Contradiction } from './queries/contradiction.js'
export { sharedMembers, type SharedMembers } from './queries/shared-members.js'
export { countDistinct, type DistinctCount } from './queries/distinct.js'
export { deadChoices, deadIn, deadOptions, isSurelySound, type DeadOption } from './queries/dead-options.js'
export {
  parseWhere,
  rangeSampler,
  sampler,
  samplerWithout,
  type Bounds,
  type RandomWords,
  type Sample,
  type Sampler,
} from './queries/sampler.js'
export { memberFinder, type SelectionsByPath, type MemberFinder } from './queries/find-member.js'
export { unmetConstraints } from './queries/unmet.js'
export { quantityNames, type QuantityName } from './diagram/layer.js'
export type { AnalysisOptions } from './queries/analysis.js'
export type { Constraint } from './diagram/constraint.js'
export { symmetricSums } from './queries/unconstrained.js'
export { decisionsOf } from './queries/decisions.js'
export { leftOutDecisions } from './queries/left-out.js'
export { RequireFailure } from './diagram/constraint.js'
export { requireFaults } from './queries/require-faults.js'
export { isOutdated, type RequireFault } from './layers/required-paths.js'
export { requiresOf } from './layers/requires-of.js'
export { decisionsByPath } from './queries/analysis.js'
export { decisionsWithGates } from './queries/gates.js'
export { largestMember } from './queries/member.js'
export { outputShapes, type ShapeRange } from './queries/output-shapes.js'
export { misfitsOf, type Misfits } from './queries/structure.js'
