import { at, sameDims } from '../../operations/element.js'
import type { Program, ValueId } from '../../program/program.js'
import { donorOf } from '../memory-plan.js'
import type { NativeKernel } from './kernel.js'
import { lastUses } from './liveness.js'

/**
 * For every operation the position of the input whose memory its first output takes, if any. Only memory that kernels of
 * ours made and that nobody else reads is given on: operations of TensorFlow may give out their input as their output.
 *
 * @param kernels ours, by operation; undefined where TensorFlow does it
 */
export function donorsOf(
  program: Program,
  kernels: readonly (NativeKernel | undefined)[],
): readonly (number | undefined)[] {
  const own = new Set<ValueId>()
  program.operations.forEach(({ outputs }, time) => {
    if (kernels[time] !== undefined) for (const id of outputs) own.add(id)
  })
  program.operations.forEach(({ inputs }, time) => {
    if (kernels[time] === undefined) for (const id of inputs) own.delete(id)
  })
  const last = lastUses(program)
  return program.operations.map((operation, time) => {
    const output = operation.outputs[0]
    const inPlace = kernels[time]?.inPlace
    if (output === undefined || inPlace === undefined) return undefined
    const shape = at(program.values, output).shape
    const donor = donorOf(
      operation,
      inPlace,
      (id) => own.has(id) && at(last, time).includes(id) && sameDims(at(program.values, id).shape, shape),
    )
    return donor === undefined ? undefined : operation.inputs.indexOf(donor)
  })
}
