import type { Attributes, Dims, OperationDefinition } from './support/definition.js'
import { booleanOf } from './support/attribute.js'
import { at, demandCount, show, sizeOf } from './support/element.js'
import { matmul, productAdjoint } from './matmul.js'

/** batch_matmul (a[g,m,k], b[g,k,n]) -> y[g,m,n] {transposeA, transposeB}: `matmul` of g pairs. */
export const batchMatmul: OperationDefinition = {
  name: 'batch_matmul',
  shapes(inputs, attributes) {
    demandCount('batch_matmul', inputs, 2)
    const a = at(inputs, 0)
    const b = at(inputs, 1)
    if (a.length !== 3 || b.length !== 3 || a[0] !== b[0]) throw new Error(`batch_matmul of ${show(a)} and ${show(b)}`)
    return matmul.shapes([a.slice(1), b.slice(1)], attributes).map((shape) => [at(a, 0), ...shape])
  },
  flops: (inputs, outputs, attributes) => 2 * innerOf(at(inputs, 0), attributes) * sizeOf(at(outputs, 0)),
  adjoint: (context) => productAdjoint(context, 'batch_matmul'),
  reference(inputs, outputs, shapes, attributes) {
    const [a, b, y] = [at(inputs, 0), at(inputs, 1), at(outputs, 0)]
    const groups = at(at(shapes.inputs, 0), 0)
    const one = {
      inputs: shapes.inputs.map((dims) => dims.slice(1)),
      outputs: shapes.outputs.map((dims) => dims.slice(1)),
    }
    const part = <T extends { subarray(from: number, to: number): T; readonly length: number }>(all: T, g: number): T =>
      all.subarray((g * all.length) / groups, ((g + 1) * all.length) / groups)
    for (let g = 0; g < groups; g++) matmul.reference([part(a, g), part(b, g)], [part(y, g)], one, attributes)
  },
}

function innerOf(a: Dims, attributes: Attributes): number {
  return at(a, booleanOf(attributes, 'transposeA') ? 1 : 2)
}
