import type { Attributes, Dims, Numbers, OperationDefinition } from './support/definition.js'
import { booleanOf } from './support/attribute.js'
import { at, demandCount, demandSame, lastOf } from './support/element.js'

// What fused operations share that read max(0, batch norm of x) and are given x and the statistics of the batch:
// inputs mean[c], inverse[c] and, if `affine`, scale[c], shift[c].

/** Number of inputs that describe the batch norm. */
export function normInputs(attributes: Attributes): number {
  return booleanOf(attributes, 'affine') ? 4 : 2
}

/** Throws unless they fit the channels of x. */
export function demandNorm(x: Dims, norm: readonly Dims[]): void {
  for (const perChannel of norm) demandSame('a batch norm', perChannel, [lastOf(x)])
}

/** The batch norm of x, element by element as batch_norm_train computes it. */
export function normalised(x: Numbers, norm: readonly Numbers[], channels: number): Float64Array {
  const mean = at(norm, 0)
  const inverse = at(norm, 1)
  return Float64Array.from(x, (each, i) => {
    const channel = i % channels
    return (each - at(mean, channel)) * at(inverse, channel) * (norm[2]?.[channel] ?? 1) + (norm[3]?.[channel] ?? 0)
  })
}

/** max(0, batch norm of x). */
export function activated(x: Numbers, norm: readonly Numbers[], channels: number): Float64Array {
  return normalised(x, norm, channels).map((each) => Math.max(0, each))
}

/**
 * An operation of two inputs whose first one is max(0, batch norm of x), which is never stored: what describes the norm
 * follows its inputs. Emitted after differentiation only.
 */
export function onActivatedNorm(name: string, operation: OperationDefinition): OperationDefinition {
  return {
    name,
    shapes(inputs, attributes) {
      demandCount(name, inputs, 2 + normInputs(attributes))
      demandNorm(at(inputs, 0), inputs.slice(2))
      return operation.shapes(inputs.slice(0, 2), attributes)
    },
    flops: (inputs, outputs, attributes) => operation.flops?.(inputs, outputs, attributes) ?? 0,
    reference(inputs, outputs, shapes, attributes) {
      const x = activated(at(inputs, 0), inputs.slice(2), lastOf(at(shapes.inputs, 0)))
      operation.reference([x, at(inputs, 1)], outputs, shapes, attributes)
    },
  }
}
