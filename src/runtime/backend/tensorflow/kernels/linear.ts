import { booleanOf } from '../../../operations/support/attribute.js'
import { at } from '../../../operations/support/element.js'
import type { TensorflowKernel } from '../kernel.js'
import { flag } from '../session.js'

export const matmul: TensorflowKernel = {
  bind: (session, { attributes }) =>
    session.op('MatMul', {
      transpose_a: flag(booleanOf(attributes, 'transposeA')),
      transpose_b: flag(booleanOf(attributes, 'transposeB')),
    }),
}

export const batchMatmul: TensorflowKernel = {
  bind: (session, { attributes }) =>
    session.op('BatchMatMulV2', {
      adj_x: flag(booleanOf(attributes, 'transposeA')),
      adj_y: flag(booleanOf(attributes, 'transposeB')),
    }),
}

export const biasAdd: TensorflowKernel = {
  bind: (session, { inputs }) => session.op(at(inputs, 0).length < 2 ? 'AddV2' : 'BiasAdd'),
}

export const sumRows: TensorflowKernel = {
  bind: (session, { inputs }) => session.op(at(inputs, 0).length < 2 ? 'Identity' : 'BiasAddGrad'),
}
