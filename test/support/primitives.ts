import type { Expression } from '../../src/ir/model/expression.js'
import type { IrOperation, IrParameter, PrimitiveRules, TypeName, WeightRule } from '../../src/ir/model/operation.js'
import { binary, call, fact, field, local, product, when, x, type Written } from './expressions.js'

/** `kernel: int`, or with a default. */
export function parameter(name: string, type: TypeName, initial?: Written): IrParameter {
  return { name, type, ...(initial === undefined ? {} : { default: x(initial) }) }
}
export function primitive(
  name: string,
  parameters: readonly IrParameter[],
  rules: Partial<PrimitiveRules>,
): IrOperation {
  return { id: `std:nn.${name}`, name, parameters, rules: { requires: [], out: {}, weights: [], costs: {}, ...rules } }
}
export function composed(id: string, parameters: readonly IrParameter[], body: Expression): IrOperation {
  return { id, name: id.slice(id.lastIndexOf('.') + 1), parameters, body }
}
const weight = (
  name: string,
  role: WeightRule['role'],
  shape: readonly Expression[],
  condition?: Expression,
): WeightRule => ({
  name,
  role,
  shape,
  init: role === 'scale' ? 'ones' : role === 'kernel' ? 'he_normal' : 'zeros',
  ...(condition ? { when: condition } : {}),
})

const strided = {
  height: call('ceil', binary(field('input.height'), '/', local('stride'))),
  width: call('ceil', binary(field('input.width'), '/', local('stride'))),
}
const valid = (side: 'height' | 'width'): Expression =>
  binary(
    call(
      'floor',
      binary(
        binary(binary(field(`input.${side}`), '+', product(2, local('padding'))), '-', local('kernel')),
        '/',
        local('stride'),
      ),
    ),
    '+',
    1,
  )
const outArea = product(field('out.height'), field('out.width'))
const outSize = product(outArea, field('out.channels'))
const inSize = product(field('input.height'), field('input.width'), fact('in'))
const kernel = parameter('kernel', 'int')
const stride = parameter('stride', 'int', 1)
const dilation = parameter('dilation', 'int', 1)
const perGroup = binary(fact('in'), '/', local('groups'))

/** The primitives of std:nn that DARTS needs. */
export const primitives: readonly IrOperation[] = [
  primitive(
    'conv',
    [
      parameter('channels', 'int', fact('channels')),
      parameter('kernel', 'int', 1),
      stride,
      dilation,
      parameter('groups', 'int', 1),
      parameter('bias', 'bool', false),
    ],
    {
      requires: [{ test: binary(binary(fact('in'), '%', local('groups')), '==', 0) }],
      out: { ...strided, channels: local('channels') },
      weights: [
        weight('kernel', 'kernel', [local('kernel'), local('kernel'), perGroup, local('channels')]),
        weight('bias', 'bias', [local('channels')], local('bias')),
      ],
      macs: product(local('kernel'), local('kernel'), perGroup, local('channels'), outArea),
    },
  ),
  primitive('depthwise', [kernel, stride, dilation], {
    out: strided,
    weights: [weight('kernel', 'kernel', [local('kernel'), local('kernel'), fact('in')])],
    macs: product(local('kernel'), local('kernel'), fact('in'), outArea),
  }),
  primitive('bn', [parameter('affine', 'bool', true)], {
    weights: [
      weight('scale', 'scale', [fact('in')], local('affine')),
      weight('shift', 'shift', [fact('in')], local('affine')),
    ],
    costs: { full: product(2, outSize), ptflops: when(local('affine'), product(2, outSize), x(0)) },
  }),
  primitive('relu', [], { costs: { full: outSize, ptflops: outSize } }),
  primitive('max_pool', [kernel, stride], { out: strided, costs: { full: inSize, ptflops: inSize } }),
  primitive(
    'avg_pool',
    [kernel, stride, parameter('padding', 'int', call('floor', binary(binary(local('kernel'), '-', 1), '/', 2)))],
    { out: { height: valid('height'), width: valid('width') }, costs: { full: inSize, ptflops: inSize } },
  ),
  primitive('global_pool', [], {
    out: { height: x(1), width: x(1) },
    costs: { full: inSize, 'mobile-vision': inSize },
  }),
  primitive('linear', [parameter('features', 'int', fact('channels')), parameter('bias', 'bool', true)], {
    out: { height: x(1), width: x(1), channels: local('features') },
    weights: [
      weight('kernel', 'kernel', [inSize, local('features')]),
      weight('bias', 'bias', [local('features')], local('bias')),
    ],
    macs: product(inSize, local('features')),
  }),
  primitive('identity', [], {}),
  primitive('zero', [stride], { out: strided }),
  primitive('shift', [parameter('down', 'int'), parameter('right', 'int')], {}),
]
