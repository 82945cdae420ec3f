import type { ActivationName } from '../../operations/support/activations.js'
import type { Primitive } from './primitive.js'

const activation =
  (name: ActivationName): Primitive =>
  ({ builder, input }) =>
    builder.one('activation', [input], { function: name })

export const relu6 = activation('relu6')
export const swish = activation('swish')
export const hswish = activation('hswish')
export const hsigmoid = activation('hsigmoid')
export const sigmoid = activation('sigmoid')
export const tanh = activation('tanh')

/** `gelu`: exact, or by a hyperbolic tangent. */
export const gelu: Primitive = (context) =>
  activation(context.layer.attributes['approximate'] === true ? 'gelu_tanh' : 'gelu')(context)
