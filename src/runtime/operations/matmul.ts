import type { ValueId } from '../program/program.js'
import type { AdjointContext, Attributes, Dims, OperationDefinition } from './support/definition.js'
import { booleanOf } from './support/attribute.js'
import { at, demandCount, show, sizeOf } from './support/element.js'
import { gradientFor } from './support/gradient.js'

/** matmul (a[m,k], b[k,n]) -> y[m,n] {transposeA, transposeB}; a transposed operand is stored the other way round. */
export const matmul: OperationDefinition = {
  name: 'matmul',
  shapes(inputs, attributes) {
    demandCount('matmul', inputs, 2)
    const { rows, inner, columns } = extents(at(inputs, 0), at(inputs, 1), attributes)
    if (rows < 1 || inner < 1 || columns < 1) throw new Error('matmul of nothing')
    return [[rows, columns]]
  },
  flops(inputs, outputs, attributes) {
    return 2 * extents(at(inputs, 0), at(inputs, 1), attributes).inner * sizeOf(at(outputs, 0))
  },
  adjoint: (context) => productAdjoint(context, 'matmul'),
  reference(inputs, outputs, shapes, attributes) {
    const [a, b, y] = [at(inputs, 0), at(inputs, 1), at(outputs, 0)]
    const { rows, inner, columns } = extents(at(shapes.inputs, 0), at(shapes.inputs, 1), attributes)
    const [ta, tb] = [booleanOf(attributes, 'transposeA'), booleanOf(attributes, 'transposeB')]
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        let sum = 0
        for (let k = 0; k < inner; k++) {
          sum += at(a, ta ? k * rows + row : row * inner + k) * at(b, tb ? column * inner + k : k * columns + column)
        }
        y[row * columns + column] = sum
      }
    }
  },
}

function extents(a: Dims, b: Dims, attributes: Attributes): { rows: number; inner: number; columns: number } {
  if (a.length !== 2 || b.length !== 2) throw new Error(`matmul of ${show(a)} and ${show(b)}`)
  const [rows, inner] = booleanOf(attributes, 'transposeA') ? [at(a, 1), at(a, 0)] : [at(a, 0), at(a, 1)]
  const [same, columns] = booleanOf(attributes, 'transposeB') ? [at(b, 1), at(b, 0)] : [at(b, 0), at(b, 1)]
  if (same !== inner) throw new Error(`matmul of ${show(a)} and ${show(b)}`)
  return { rows, inner, columns }
}

/** Gradients of both factors of a product, or of products by groups. */
export function productAdjoint(
  context: AdjointContext,
  name: 'matmul' | 'batch_matmul',
): readonly (ValueId | undefined)[] {
  const { builder, operation } = context
  const a = at(operation.inputs, 0)
  const b = at(operation.inputs, 1)
  const ta = booleanOf(operation.attributes, 'transposeA')
  const tb = booleanOf(operation.attributes, 'transposeB')
  // With A and B as they are multiplied: dA = dy B', dB = A' dy; a stored transpose swaps the operands.
  return [
    gradientFor(context, 0, (dy) =>
      ta
        ? builder.one(name, [b, dy], { transposeA: tb, transposeB: true })
        : builder.one(name, [dy, b], { transposeA: false, transposeB: !tb }),
    ),
    gradientFor(context, 1, (dy) =>
      tb
        ? builder.one(name, [dy, a], { transposeA: true, transposeB: ta })
        : builder.one(name, [a, dy], { transposeA: !ta, transposeB: false }),
    ),
  ]
}
