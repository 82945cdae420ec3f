import { at } from '../../operations/support/element.js'
import type { ValueId } from '../../program/program.js'
import type { InferenceOperation, InferenceProgram } from './inference-program.js'

const biased: ReadonlySet<string> = new Set(['conv2d', 'depthwise2d', 'matmul'])

/** Gives convolutions and products the bias that is added to what nothing else reads: elsewhere it is a part of them. */
export function withBiases(program: InferenceProgram): InferenceProgram {
  const { operations, values, logits } = program
  const uses = new Map<ValueId, number>([[logits, 1]])
  for (const id of operations.flatMap(({ inputs }) => inputs)) uses.set(id, (uses.get(id) ?? 0) + 1)
  const makers = new Map(operations.map((operation) => [operation.output, operation]))
  const merged = new Map<InferenceOperation, InferenceOperation>()
  const gone = new Set<InferenceOperation>()
  for (const operation of operations) {
    if (operation.operation !== 'bias_add') continue
    const [sum, bias] = [at(operation.inputs, 0), at(operation.inputs, 1)]
    const maker = makers.get(sum)
    const isPart = maker !== undefined && biased.has(maker.operation) && uses.get(sum) === 1
    if (!isPart || at(values, bias).weight === undefined) continue
    merged.set(operation, { ...maker, inputs: [...maker.inputs, bias], output: operation.output })
    gone.add(maker)
  }
  return { ...program, operations: operations.flatMap((each) => (gone.has(each) ? [] : [merged.get(each) ?? each])) }
}
