import { Failure } from '../../catalogue/failure.js'
import type { Program } from '../program/program.js'
import { commonSubexpressions } from './common-subexpressions.js'
import { deadCode } from './dead-code.js'
import { earlyAccumulation } from './early-accumulation.js'
import { foldBatchNorm } from './fold-batch-norm.js'
import { fuseActivatedNorms } from './fuse-activated-norms.js'
import { fuseWeightedSums } from './fuse-weighted-sums.js'
import { lateScaling } from './late-scaling.js'
import { rematerialiseMasks } from './rematerialise-masks.js'
import { normalisedAlternatives } from './normalised-alternatives.js'
import type { Pass } from './pass.js'
import { recompute } from './recompute.js'
import { renumber } from './renumber.js'
import { simplify } from './simplify.js'

/** Every pass, in the order in which they run. */
export const passes: readonly Pass[] = [
  simplify,
  commonSubexpressions,
  foldBatchNorm,
  lateScaling,
  normalisedAlternatives,
  fuseWeightedSums,
  deadCode,
  fuseActivatedNorms,
  rematerialiseMasks,
  recompute,
  earlyAccumulation,
]

export const passNames: readonly string[] = passes.map(({ name }) => name)

export interface OptimiseOptions {
  /** Names of the passes to run; all of them by default. */
  readonly passes?: readonly string[]
  /** The engine has kernels for fused operations; without, the passes that emit them do nothing. */
  readonly fusedKernels?: boolean
}

/**
 * Runs passes over a program, and drops the values that they left behind.
 *
 * @throws Failure NAS7302 on a name that no pass has
 */
export function optimise(program: Program, options: OptimiseOptions = {}): Program {
  return renumber(runPasses(program, options))
}

/** {@link optimise} of a part of a program to which more will be added: values keep their numbers, those of dead ones too. */
export function runPasses(program: Program, options: OptimiseOptions): Program {
  const chosen = options.passes ?? passNames
  for (const name of chosen) if (!passNames.includes(name)) throw unknownPass(name)
  // Fused operations have no adjoints: no gradients are to be taken any more.
  const fuses = options.fusedKernels === true && isDifferentiated(program)
  const running = passes.filter(
    ({ name, needsFusedKernels }) => chosen.includes(name) && (needsFusedKernels !== true || fuses),
  )
  return running.reduce((result, pass) => pass.run(result), program)
}

/** Has a backward pass through batch norms, where fusing them pays. */
function isDifferentiated({ operations }: Program): boolean {
  return operations.some(({ operation }) => operation === 'batch_norm_train_gradient')
}

function unknownPass(name: string): Failure {
  return new Failure('no-such-pass', { name, passes: passNames.join(', ') })
}
