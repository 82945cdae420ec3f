import { at } from '../operations/support/element.js'
import { operationLike, type Operation, type Program, type Value, type ValueId } from '../program/program.js'
import type { Pass } from './pass.js'
import { hasAny } from './rewrite.js'

const masks: ReadonlySet<string> = new Set(['scale_channels'])

/**
 * Takes maps times their channel masks anew in the backward pass: the map before the mask is kept for the gradient of the
 * mask anyway, and a product per value is cheaper than a second map in memory. So the memory of a step does not hang on
 * how many channel options there are (FBNetV2, section 3.1).
 */
export const rematerialiseMasks: Pass = {
  name: 'rematerialise-masks',
  run(program) {
    if (!hasAny(program, masks)) return program
    const repeated = repeatedMasks(program)
    return repeated.size === 0 ? program : apply(program, repeated)
  },
}

/** Masks of maps that the backward pass reads with and, later, without it: by position of the first reader. */
function repeatedMasks(program: Program): ReadonlyMap<number, readonly Operation[]> {
  const { values, operations } = program
  // By value, the positions of its first and last reader in the backward pass; -1 where there is none.
  const first = new Int32Array(values.length).fill(-1)
  const last = new Int32Array(values.length).fill(-1)
  for (let position = 0; position < operations.length; position++) {
    const { inputs, phase } = at(operations, position)
    if (phase === 'forward') continue
    for (let i = 0; i < inputs.length; i++) {
      const input = at(inputs, i)
      if (first[input] === -1) first[input] = position
      last[input] = position
    }
  }
  const supplied = new Set(Object.values(program.outputs))
  const found = new Map<number, Operation[]>()
  for (const operation of operations) {
    if (operation.phase !== 'forward') break
    const map = operation.inputs[0]
    const factors = operation.inputs[1]
    const masked = operation.outputs[0]
    if (operation.operation !== 'scale_channels' || map === undefined || factors === undefined) continue
    const needed = masked === undefined || supplied.has(masked) ? -1 : at(first, masked)
    if (needed === -1 || at(values, factors).shape.length !== 1 || at(last, map) <= needed) continue
    found.set(needed, [...(found.get(needed) ?? []), operation])
  }
  return found
}

function apply(program: Program, repeated: ReadonlyMap<number, readonly Operation[]>): Program {
  const values: Value[] = [...program.values]
  const renamed = new Map<ValueId, ValueId>()
  const operations = program.operations.flatMap((operation, position): readonly Operation[] => {
    if (operation.phase === 'forward') return [operation]
    const again = (repeated.get(position) ?? []).map((mask): Operation => {
      const [masked = -1] = mask.outputs
      const { shape, dtype } = at(values, masked)
      const copy = values.length
      values.push({ id: copy, shape, dtype, kind: 'temporary' })
      renamed.set(masked, copy)
      return operationLike(mask, { outputs: [copy], phase: 'backward' })
    })
    const inputs = operation.inputs.map((input) => renamed.get(input) ?? input)
    return [
      ...again,
      inputs.some((input, i) => input !== operation.inputs[i]) ? operationLike(operation, { inputs }) : operation,
    ]
  })
  return { values, operations, outputs: program.outputs }
}
