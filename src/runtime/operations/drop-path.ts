import type { OperationDefinition } from './support/definition.js'
import { at, demandCount, demandSame, sizeOf } from './support/element.js'
import { gradientFor } from './support/gradient.js'

/**
 * drop_path (x[b,..], mask[b]) -> y = mask * x for every image. The host makes the mask: 0, or 1 / keep. Larsson et al.,
 * FractalNet, ICLR 2017. The mask has no gradient.
 */
export const dropPath: OperationDefinition = {
  name: 'drop_path',
  shapes(inputs) {
    demandCount('drop_path', inputs, 2)
    demandSame('mask of drop_path', at(inputs, 1), [at(at(inputs, 0), 0)])
    return [at(inputs, 0)]
  },
  flops: (inputs) => sizeOf(at(inputs, 0)),
  adjoint(context) {
    const mask = at(context.operation.inputs, 1)
    return [gradientFor(context, 0, (dy) => context.builder.one('drop_path', [dy, mask])), undefined]
  },
  reference(inputs, outputs) {
    const [x, mask, y] = [at(inputs, 0), at(inputs, 1), at(outputs, 0)]
    const perImage = x.length / mask.length
    for (let i = 0; i < x.length; i++) y[i] = at(mask, Math.floor(i / perImage)) * at(x, i)
  },
}
