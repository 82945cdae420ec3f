import { onlySelection } from '../../../../space/architectures/architecture.js'
import type { Decision } from '../../../../space/decisions/decision.js'
import type { SelectedOptions } from '../derivations/derivation.js'
import type { ChoiceSpace } from './choice-space.js'

/**
 * How an architecture is written as numbers: a row for each decision, 1 where an option is taken. A decision that an
 * architecture does not meet, such as the operation of an input that is not taken, is a row of zeros; a choice of inputs has no
 * row where these rows tell it. The cells of DARTS come to 2 x 14 x 8 numbers (reconstructed for LA-DARTS: arXiv 2001.06392
 * gives no table).
 */
export interface Encoding {
  readonly size: number
  readonly rows: readonly EncodedRow[]
}

export interface EncodedRow {
  readonly decision: Decision
  /** Of its first option in the encoding. */
  readonly offset: number
  /** It is there only if each of these takes one of the options. */
  readonly gates: readonly EncodedGate[]
}

export interface EncodedGate {
  readonly decision: Decision
  readonly options: readonly number[]
}

export function encodingOf({ explored }: ChoiceSpace): Encoding {
  const byPath = new Map(explored.map(({ decision }) => [decision.path, decision]))
  const rows: EncodedRow[] = []
  let size = 0
  for (const { decision, gates } of explored) {
    if (isTold(decision, explored)) continue
    const own = [...gates].flatMap(([path, options]) => {
      const gate = byPath.get(path)
      return gate === undefined ? [] : [{ decision: gate, options: [...options] }]
    })
    rows.push({ decision, offset: size, gates: own })
    size += decision.options.length
  }
  return { size, rows }
}

/** Whether each of its options has a decision of its own, which is there only with it. */
function isTold({ path, options, arity }: Decision, explored: ChoiceSpace['explored']): boolean {
  if (arity === undefined) return false
  return options.every((_, option) =>
    explored.some(({ gates }) => {
      const gate = gates.get(path)
      return gate?.size === 1 && gate.has(option)
    }),
  )
}

/** The code of an architecture, [size]. */
export function encode({ rows, size }: Encoding, selected: SelectedOptions): Float32Array {
  const code = new Float32Array(size)
  const takenOf = (decision: Decision): readonly number[] => selected[decision.path] ?? onlySelection(decision) ?? []
  for (const { decision, offset, gates } of rows) {
    if (!gates.every((gate) => takenOf(gate.decision).some((option) => gate.options.includes(option)))) continue
    for (const option of takenOf(decision)) code[offset + option] = 1
  }
  return code
}
