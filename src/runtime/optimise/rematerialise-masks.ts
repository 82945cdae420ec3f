import { at } from '../operations/support/element.js'
import type { Operation, Program, Value, ValueId } from '../program/program.js'
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
  const first = new Map<ValueId, number>()
  const last = new Map<ValueId, number>()
  program.operations.forEach(({ inputs, phase }, position) => {
    if (phase === 'forward') return
    for (const input of inputs) {
      if (!first.has(input)) first.set(input, position)
      last.set(input, position)
    }
  })
  const supplied = new Set(Object.values(program.outputs))
  const found = new Map<number, Operation[]>()
  for (const operation of program.operations) {
    if (operation.phase !== 'forward') break
    const [map, factors] = operation.inputs
    const [masked] = operation.outputs
    if (operation.operation !== 'scale_channels' || map === undefined || factors === undefined) continue
    const needed = masked === undefined || supplied.has(masked) ? undefined : first.get(masked)
    if (needed === undefined || at(program.values, factors).shape.length !== 1) continue
    if ((last.get(map) ?? -1) <= needed) continue
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
      return { ...mask, outputs: [copy], phase: 'backward' }
    })
    const inputs = operation.inputs.map((input) => renamed.get(input) ?? input)
    return [...again, inputs.some((input, i) => input !== operation.inputs[i]) ? { ...operation, inputs } : operation]
  })
  return { values, operations, outputs: program.outputs }
}
