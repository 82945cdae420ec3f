import type { Expression } from '../../src/ir/model/expression.js'
import { irFormat, type Assignment, type Ir, type IrArchitecture } from '../../src/ir/model/ir.js'
import type { NetworkItem } from '../../src/ir/model/space.js'
import { binary, call, fact, field, local, oneOf, op, pipe, product, range, set, when, x } from './expressions.js'
import { composed, parameter, primitive, primitives } from './primitives.js'

const nn = (name: string): string => `std:nn.${name}`
const bn = (): Expression => op(nn('bn'))
const swish = (): Expression => op(nn('swish'))
const conv = (given: Parameters<typeof op>[1]): Expression => op(nn('conv'), given)

const shortcut = pipe(
  when(
    binary(local('stride'), '>', 1),
    op(nn('avg_pool'), {
      kernel: local('stride'),
      stride: local('stride'),
      padding: binary(field('input.height'), '%', 2),
    }),
  ),
  when(binary(fact('in'), '!=', fact('channels')), conv({})),
)
const body = pipe(
  when(
    binary(local('expand'), '>', 1),
    pipe(conv({ channels: call('round8', call('round', product(fact('in'), local('expand')))) }), bn(), swish()),
  ),
  op(nn('depthwise'), { kernel: local('kernel'), stride: local('stride') }),
  bn(),
  swish(),
  when(local('se'), op('squeeze_excite')),
  conv({}),
  bn(),
)

function stage(
  name: string,
  width: Expression,
  depth: Expression,
  expand: Expression,
  stride: number,
  se: boolean,
): NetworkItem {
  return {
    kind: 'stage',
    name,
    lets: [],
    width: oneOf('width', width),
    depth: oneOf('depth', depth),
    stride: x(stride),
    layer: op('mbconv', { kernel: oneOf('kernel', set(3, 5), 'stage'), expand: oneOf('expand', expand, 'stage'), se }),
  }
}

const resolution = (): Expression => oneOf('resolution', set(192, 224, 256, 288))

function architecture(
  name: string,
  size: number,
  widths: readonly number[],
  depths: readonly number[],
  kernels: readonly number[],
  expands: readonly number[],
): IrArchitecture {
  const value = (path: string, number = 0): Assignment => ({ kind: 'value', path, value: x(number) })
  const stages = [1, 2, 3, 4, 5, 6, 7]
  return {
    name,
    space: 'attentivenas',
    expects: [],
    assignments: [
      value('resolution', size),
      value('stem.width', widths[0]),
      value('head.width', widths[8]),
      ...stages.flatMap((number, index) => [
        value(`mb${number}.width`, widths[number]),
        value(`mb${number}.depth`, depths[index]),
        value(`mb${number}.kernel`, kernels[index]),
        value(`mb${number}.expand`, expands[index]),
      ]),
    ],
  }
}

/** AttentiveNAS (papers/mobile-family.md, 2.2, 2.3 and 2.8): stages, sizes of every kind, squeeze and excitation. */
export const attentiveIr: Ir = {
  format: irFormat,
  hash: 'sha256:0',
  source: 'attentivenas.nas',
  params: [],
  constants: [],
  operations: [
    ...primitives,
    primitive('swish', [], {}),
    primitive('hsigmoid', [], {}),
    composed('squeeze_excite', [], {
      kind: 'branches',
      merge: 'multiply',
      branches: [
        op(nn('identity')),
        pipe(
          op(nn('global_pool')),
          conv({ channels: call('round8', call('floor', binary(fact('in'), '/', 4))), bias: true }),
          op(nn('relu')),
          conv({ channels: fact('in'), bias: true }),
          op(nn('hsigmoid')),
        ),
      ],
    }),
    composed(
      'mbconv',
      [
        parameter('kernel', 'int'),
        parameter('expand', 'real'),
        parameter('stride', 'int', 1),
        parameter('se', 'bool', false),
      ],
      { kind: 'branches', merge: 'sum', branches: [shortcut, body] },
    ),
  ],
  components: [],
  cells: [],
  spaces: [
    {
      id: 'attentivenas',
      name: 'attentivenas',
      input: { height: resolution(), width: resolution(), channels: x(3) },
      classes: x(1000),
      lets: [],
      cells: [],
      requires: [],
      network: [
        {
          kind: 'stem',
          parts: [pipe(conv({ channels: oneOf('width', set(16, 24)), kernel: 3, stride: 2 }), bn(), swish())],
        },
        stage('mb1', set(16, 24), set(1, 2), set(1), 1, false),
        stage('mb2', set(24, 32), range(3, 5), range(4, 6), 2, false),
        stage('mb3', set(32, 40), range(3, 6), range(4, 6), 2, true),
        stage('mb4', set(64, 72), range(3, 6), range(4, 6), 2, false),
        stage('mb5', range(112, 128, 8), range(3, 8), range(4, 6), 1, true),
        stage('mb6', range(192, 216, 8), range(3, 8), set(6), 2, true),
        stage('mb7', set(216, 224), set(1, 2), set(6), 1, true),
        {
          kind: 'head',
          body: pipe(
            conv({ channels: product(6, fact('in')) }),
            bn(),
            swish(),
            op(nn('global_pool')),
            conv({ channels: oneOf('width', set(1792, 1984)) }),
            swish(),
            op(nn('linear'), { features: fact('classes') }),
          ),
        },
      ],
    },
  ],
  searches: [],
  architectures: [
    architecture(
      'A0',
      192,
      [16, 16, 24, 32, 64, 112, 192, 216, 1792],
      [1, 3, 3, 3, 3, 3, 1],
      [3, 3, 3, 3, 3, 3, 3],
      [1, 4, 4, 4, 4, 6, 6],
    ),
    architecture(
      'A1',
      224,
      [16, 16, 24, 32, 64, 112, 192, 216, 1984],
      [1, 3, 3, 3, 3, 3, 1],
      [3, 3, 3, 5, 3, 5, 3],
      [1, 4, 4, 4, 4, 6, 6],
    ),
    architecture(
      'A2',
      224,
      [16, 16, 24, 32, 64, 112, 200, 224, 1984],
      [1, 3, 3, 3, 3, 4, 1],
      [3, 3, 3, 3, 3, 5, 3],
      [1, 4, 5, 4, 4, 6, 6],
    ),
    architecture(
      'largest',
      288,
      [24, 24, 32, 40, 72, 128, 216, 224, 1984],
      [2, 5, 6, 6, 8, 8, 2],
      [5, 5, 5, 5, 5, 5, 5],
      [1, 6, 6, 6, 6, 6, 6],
    ),
  ],
}
