import { Failure } from '../../../../catalogue/failure.js'
import type { Decision } from '../../../../space/decisions/decision.js'
import { mostOptionSets, optionSets } from '../../../../space/decisions/option-sets.js'
import type { OptionSet } from '../../../plan/emission.js'
import type { ProgramBuilder } from '../../../program/builder.js'
import type { ValueId } from '../../../program/program.js'

/**
 * The sets that a choice of several options may take.
 * @throws Failure NAS7600 where it takes one option, NAS7601 where there are too many
 */
export function setsOf({ path, options, arity }: Decision, clause: string): readonly OptionSet[] {
  if (arity === undefined) throw new Failure('sets-of-single-choice', { clause, path })
  const sets = optionSets({ options: options.length, ...arity })
  if (sets !== undefined) return sets
  throw new Failure('too-many-option-sets', { clause, path, options: options.length, most: mostOptionSets })
}

/** Equal for choices with the same sets. */
export function printSets({ options, arity = { least: 1, most: 1 } }: Decision): string {
  return `${String(arity.least)}..${String(arity.most)} of ${String(options.length)}`
}

/** [sets, options]: 1 where a set holds an option. */
export function incidence(builder: ProgramBuilder, sets: readonly OptionSet[], options: number): ValueId {
  const values = sets.flatMap((set) => Array.from({ length: options }, (_, option) => Number(set.includes(option))))
  return builder.one('constant', [], { shape: [sets.length, options], values })
}

export function times(builder: ProgramBuilder, rows: ValueId, matrix: ValueId, transposeB = false): ValueId {
  return builder.one('matmul', [rows, matrix], { transposeA: false, transposeB })
}
