import fc from 'fast-check'
import { it } from 'vitest'
import type { Engine } from '../../src/runtime/backend/engine/engine.js'
import { compare, noise, type Operand } from './compare-operation.js'

const shape = fc.tuple(
  fc.integer({ min: 1, max: 3 }),
  fc.integer({ min: 1, max: 20 }),
  fc.integer({ min: 1, max: 20 }),
  fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(12, 16, 20, 36)),
)
const seed = fc.nat(1000)

const one = (shape: readonly number[]): Operand => ({ shape })
/** Mean and inverse of a batch norm, and scale and shift where it has them; both signs of everything but the inverse. */
function norm(channels: number, affine: boolean, seed: number): readonly Operand[] {
  // Not the noise of x, which would be on the edge of the activation.
  const vector = (each: number): Operand => ({ shape: [channels], data: noise(channels, seed + 2000 + each) })
  const inverse = { shape: [channels], data: noise(channels, seed + 2001).map((each) => each * each + 0.5) }
  return [vector(0), inverse, ...(affine ? [vector(2), vector(3)] : [])]
}

/** Tests of the fused operations on engines that are there when the tests run. */
export function testFusedOperations(engines: () => Engine | readonly Engine[]): void {
  it('statistics of batches', async () => {
    await fc.assert(
      fc.asyncProperty(shape, seed, async (shape, seed) => {
        const tolerance = shape[0] * shape[1] * shape[2] < 4 ? 1e-2 : 1e-4
        const attributes = { epsilon: 1e-5 }
        await compare(engines(), {
          operation: 'batch_norm_statistics',
          operands: [one(shape)],
          attributes,
          seed,
          tolerance,
        })
      }),
      { numRuns: 40, seed: 1 },
    )
  })

  it('gradients of activated norms', async () => {
    await fc.assert(
      fc.asyncProperty(shape, fc.boolean(), seed, async (shape, affine, seed) => {
        await compare(engines(), {
          operation: 'batch_norm_relu_train_gradient',
          operands: [one(shape), one(shape), ...norm(shape[3], affine, seed)],
          attributes: { affine },
          seed,
        })
      }),
      { numRuns: 60, seed: 2 },
    )
  })

  it('depthwise convolutions of activated norms, whatever window', async () => {
    const window = fc.tuple(fc.constantFrom(1, 3, 5, 7), fc.constantFrom(1, 2, 3), fc.constantFrom(1, 2))
    await fc.assert(
      fc.asyncProperty(shape, window, fc.boolean(), seed, async (shape, [kernel, stride, dilation], affine, seed) => {
        const [batch, height, width, channels] = shape
        const out = [batch, Math.ceil(height / stride), Math.ceil(width / stride), channels]
        const attributes = { stride, dilation, affine }
        const rest = norm(channels, affine, seed)
        await compare(engines(), {
          operation: 'norm_relu_depthwise2d',
          operands: [one(shape), one([kernel, kernel, channels]), ...rest],
          attributes,
          seed,
        })
        await compare(engines(), {
          operation: 'norm_relu_depthwise2d_filter_gradient',
          operands: [one(shape), one(out), ...rest],
          attributes: { ...attributes, kernel },
          seed,
        })
      }),
      { numRuns: 120, seed: 3 },
    )
  })
}
