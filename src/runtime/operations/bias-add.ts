import type { OperationDefinition } from './support/definition.js'
import { at, demandCount, demandSame, lastOf, sizeOf } from './support/element.js'
import { gradientFor } from './support/gradient.js'

/** bias_add (x[..,c], b[c]) -> y. */
export const biasAdd: OperationDefinition = {
  name: 'bias_add',
  shapes(inputs) {
    demandCount('bias_add', inputs, 2)
    demandSame('bias', at(inputs, 1), [lastOf(at(inputs, 0))])
    return [at(inputs, 0)]
  },
  flops: (inputs) => sizeOf(at(inputs, 0)),
  adjoint: (context) => [
    gradientFor(context, 0, (dy) => dy),
    gradientFor(context, 1, (dy) => context.builder.one('sum_rows', [dy])),
  ],
  reference(inputs, outputs) {
    const [x, bias, y] = [at(inputs, 0), at(inputs, 1), at(outputs, 0)]
    for (let i = 0; i < y.length; i++) y[i] = at(x, i) + at(bias, i % bias.length)
  },
}
