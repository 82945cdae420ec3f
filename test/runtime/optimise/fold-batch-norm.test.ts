import { describe, expect, it } from 'vitest'
import { buildStep, type Step } from '../../../src/runtime/plan/step.js'
import { validate } from '../../../src/runtime/program/validate.js'
import { NetworkSketch, smallNetwork } from '../../support/networks.js'
import { largestDifference, numbersFrom, randomArray } from '../../support/numbers.js'
import { batchOf, runStep, type Store } from '../../support/step-runner.js'

/** Convolution and depthwise convolution with norms behind them, and a norm behind a convolution that is read twice. */
function mixed() {
  const sketch = new NetworkSketch({ height: 5, width: 4, channels: 3 }, 4)
  const stem = sketch.bn('stem.bn', sketch.conv('stem.conv', 0, 6, 3), false)
  const depthwise = sketch.bn('depthwise.bn', sketch.depthwise('depthwise', stem, 3), true)
  const twice = sketch.conv('twice', depthwise, 6)
  const sum = sketch.merge('sum', 'sum', [twice, sketch.bn('twice.bn', twice, true)])
  return sketch.build(sketch.head('head', sum))
}

const evaluation = (network: ReturnType<typeof mixed>, passes: readonly string[]): Step =>
  buildStep(network, { batch: 3, mode: 'evaluate', passes })

/** Batch norms of feature maps. */
function norms({ program: { operations, values } }: Step): number {
  return operations.filter(
    ({ operation, inputs: [x = -1] }) => operation === 'batch_norm_inference' && values[x]?.shape.length === 4,
  ).length
}

describe('folding of batch norms', () => {
  it.each([
    ['a network', smallNetwork(), 2, 0],
    ['norms of every kind', mixed(), 3, 1],
  ])('%s: the same logits with norms in the kernels', (_, network, before, after) => {
    const [plain, folded] = [evaluation(network, []), evaluation(network, ['fold-batch-norm', 'dead-code'])]
    validate(folded.program)
    expect([norms(plain), norms(folded)]).toEqual([before, after])
    const random = numbersFrom(3)
    const store: Store = new Map(
      plain.variables.map(({ name, shape, role }) => {
        const data = randomArray(shape, random)
        return [name, role === 'variance' ? data.map((each) => 0.2 + each * each) : data]
      }),
    )
    const inputs = batchOf(plain, numbersFrom(4))
    const [a, b] = [runStep(plain, store, inputs), runStep(folded, store, inputs)]
    expect(largestDifference(a['logits'] ?? [], b['logits'] ?? [])).toBeLessThan(1e-10)
    expect(largestDifference(a['loss'] ?? [], b['loss'] ?? [])).toBeLessThan(1e-10)
  })
})
