import type { OptionSet, WeightEmission } from '../../../plan/emission.js'
import type { ProgramBuilder } from '../../../program/builder.js'
import type { ValueId } from '../../../program/program.js'
import type { RelaxationComponent } from './relaxation.js'
import { incidence, printSets, setsOf, times } from './sets.js'

/**
 * A distribution over the sets of inputs that a node may take, conditioned on these; the weight of an edge is its marginal, the
 * sum of the chances of the sets that hold it. Sets and edges meet in a constant matrix of zeros and ones. Of TopoNAS (Huang et
 * al., arXiv 2011.09300) only the abstract was at hand: both forms of the distribution are reconstructed.
 */
export const combinatorial: RelaxationComponent = (read) => {
  const per = read.word('per', parametrisationNames)
  return {
    bound: () => ({ kind: 'mix' }),
    emission(decision) {
      const sets = setsOf(decision, read.clause)
      const [options, key] = [decision.options.length, `combinatorial ${per} ${printSets(decision)}`]
      // Where only one set may be taken there is nothing to learn, and every edge of it has the weight 1.
      return sets.length > 1 ? { key, ...parametrisations[per](sets, options) } : undefined
    },
  }
}

type Distribution = Omit<WeightEmission, 'key'>
type Parametrisation = (sets: readonly OptionSet[], options: number) => Distribution

const parametrisationNames = ['edge', 'subset'] as const

/** By what has a logit. */
const parametrisations: Readonly<Record<(typeof parametrisationNames)[number], Parametrisation>> = {
  /** A softmax over the sets. */
  subset: (sets, options) => conditioned(sets, options, { count: sets.length, scores: (_builder, logits) => logits }),
  /**
   * A set has the product of s for its edges and of 1 - s for the others, s the sigmoid of their logits, over the sum of these
   * products: the softmax of the sums of the logits of its edges.
   */
  edge: (sets, options) =>
    conditioned(sets, options, {
      count: options,
      scores: (builder, logits) => times(builder, logits, incidence(builder, sets, options), true),
    }),
}

/** The softmax of scores of the sets, and its marginals. */
function conditioned(
  sets: readonly OptionSet[],
  options: number,
  by: { readonly count: number; readonly scores: (builder: ProgramBuilder, logits: ValueId) => ValueId },
): Distribution {
  const chances = (logits: ValueId, builder: ProgramBuilder): ValueId =>
    builder.one('softmax', [by.scores(builder, logits)], { temperature: 1 })
  return {
    logits: () => by.count,
    emit: (logits, { builder }) => times(builder, chances(logits, builder), incidence(builder, sets, options)),
    sets: { of: sets, emit: (logits, { builder }) => chances(logits, builder) },
  }
}
