import type { Program } from '../program/program.js'
import { commonSubexpressions } from './common-subexpressions.js'
import { deadCode } from './dead-code.js'
import { fuseWeightedSums } from './fuse-weighted-sums.js'
import { lateScaling } from './late-scaling.js'
import { normalisedAlternatives } from './normalised-alternatives.js'
import type { Pass } from './pass.js'
import { simplify } from './simplify.js'

/** Every pass, in the order in which they run. */
export const passes: readonly Pass[] = [
  simplify,
  commonSubexpressions,
  lateScaling,
  normalisedAlternatives,
  fuseWeightedSums,
  deadCode,
]

/** Runs the passes named in `options.passes`, all of them by default. */
export function optimise(program: Program, options: { readonly passes?: readonly string[] } = {}): Program {
  const wanted = options.passes
  return passes
    .filter(({ name }) => wanted === undefined || wanted.includes(name))
    .reduce((result, pass) => pass.run(result), program)
}
