import type { OptionSet, SetEmission, WeightEmission } from '../../../plan/emission.js'
import type { ProgramBuilder } from '../../../program/builder.js'
import type { ValueId } from '../../../program/program.js'
import type { RelaxationComponent } from './relaxation.js'
import { incidence, printSets, setsOf, times } from './sets.js'

/**
 * Every edge is there or not by itself, with the sigmoid of its logit as its chance and its weight: also in sets that the space
 * does not allow, which nothing conditions on. Reconstructed: a reading of TopoNAS (Huang et al., arXiv 2011.09300), under which
 * its term has something to suppress.
 */
export const gates: RelaxationComponent = (read) => ({
  bound: () => ({ kind: 'mix' }),
  emission(decision): WeightEmission {
    return {
      key: `gates ${printSets(decision)}`,
      emit: (logits, { builder }) => builder.one('activation', [logits], { function: 'sigmoid' }),
      sets: setEmission(setsOf(decision, read.clause), decision.options.length),
    }
  },
})

function setEmission(sets: readonly OptionSet[], options: number): SetEmission {
  return {
    of: sets,
    emit(logits, { builder }) {
      const [there, gone] = [logLikelihood(builder, logits, 1), logLikelihood(builder, logits, -1)]
      const taken = times(builder, builder.one('subtract', [there, gone]), incidence(builder, sets, options), true)
      const rest = times(builder, gone, ones(builder, options, sets.length))
      return builder.one('exp', [builder.one('add', [taken, rest])])
    },
    emitEmpty: (logits, { builder }) =>
      builder.one('exp', [times(builder, logLikelihood(builder, logits, -1), ones(builder, options, 1))]),
  }
}

function ones(builder: ProgramBuilder, rows: number, columns: number): ValueId {
  const values = Array.from({ length: rows * columns }, () => 1)
  return builder.one('constant', [], { shape: [rows, columns], values })
}

/** Logarithm of the sigmoid of the logits times a sign. */
function logLikelihood(builder: ProgramBuilder, logits: ValueId, sign: 1 | -1): ValueId {
  const signed = builder.one('scale', [logits, builder.one('fill', [], { shape: [], value: sign })])
  return builder.one('log', [builder.one('activation', [signed], { function: 'sigmoid' })])
}
