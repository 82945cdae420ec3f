import type { Expression } from '../../src/ir/model/expression.js'
import { irFormat, type Assignment, type Ir, type IrArchitecture } from '../../src/ir/model/ir.js'
import type { IrOperation } from '../../src/ir/model/operation.js'
import {
  binary,
  call,
  constant,
  fact,
  field,
  local,
  not,
  oneOf,
  op,
  param,
  pipe,
  product,
  set,
  when,
  x,
} from './expressions.js'
import { composed, parameter, primitives } from './primitives.js'

const nn = (name: string): string => `std:nn.${name}`
const cells = (name: string): string => `std:cells.${name}`
const kernel = parameter('kernel', 'int')
const stride = parameter('stride', 'int', 1)
const relu = op(nn('relu'))
const bn = (): Expression => op(nn('bn'), { affine: fact('standalone') })
const half = (): Expression => op(nn('conv'), { channels: binary(fact('channels'), '/', 2), stride: 2 })
const pool = (name: string): Expression =>
  pipe(
    op(nn(name), { kernel: local('kernel'), stride: local('stride') }),
    when(not(fact('standalone')), op(nn('bn'), { affine: false })),
  )

const operations: readonly IrOperation[] = [
  ...primitives,
  composed(cells('none'), [stride], op(nn('zero'), { stride: local('stride') })),
  composed(
    cells('skip'),
    [stride],
    when(binary(local('stride'), '>', 1), op(cells('factorized_reduce')), op(nn('identity'))),
  ),
  composed(
    cells('factorized_reduce'),
    [],
    pipe(
      { ...relu },
      { kind: 'branches', merge: 'concat', branches: [half(), pipe(op(nn('shift'), { down: 1, right: 1 }), half())] },
      bn(),
    ),
  ),
  composed(cells('max_pool'), [kernel, stride], pool('max_pool')),
  composed(cells('avg_pool'), [kernel, stride], pool('avg_pool')),
  composed(
    cells('sep_conv'),
    [kernel, stride],
    pipe(
      { ...relu },
      op(nn('depthwise'), { kernel: local('kernel'), stride: local('stride') }),
      op(nn('conv'), { channels: fact('in') }),
      bn(),
      { ...relu },
      op(nn('depthwise'), { kernel: local('kernel') }),
      op(nn('conv'), { channels: fact('channels') }),
      bn(),
    ),
  ),
  composed(
    cells('dil_conv'),
    [kernel, stride],
    pipe(
      { ...relu },
      op(nn('depthwise'), { kernel: local('kernel'), stride: local('stride'), dilation: 2 }),
      op(nn('conv'), { channels: fact('channels') }),
      bn(),
    ),
  ),
  composed(cells('relu_conv_bn'), [], pipe({ ...relu }, op(nn('conv'), { channels: fact('channels') }), bn())),
  composed(
    cells('inner_avg_pool'),
    [kernel, stride],
    op(nn('avg_pool'), {
      kernel: call('min', local('kernel'), field('input.height'), field('input.width')),
      stride: local('stride'),
      padding: 0,
    }),
  ),
  composed(
    cells('auxiliary_head'),
    [],
    pipe(
      { ...relu },
      op(cells('inner_avg_pool'), { kernel: 5, stride: 3 }),
      op(nn('conv'), { channels: 128 }),
      op(nn('bn')),
      { ...relu },
      op(nn('linear'), { features: 768, bias: false }),
      op(nn('bn')),
      { ...relu },
      op(nn('linear'), { features: fact('classes') }),
    ),
  ),
]

const short: Readonly<Record<string, Expression>> = {
  none: op(cells('none')),
  mp3: op(cells('max_pool'), { kernel: 3 }),
  ap3: op(cells('avg_pool'), { kernel: 3 }),
  sk: op(cells('skip')),
  sc3: op(cells('sep_conv'), { kernel: 3 }),
  sc5: op(cells('sep_conv'), { kernel: 5 }),
  dc3: op(cells('dil_conv'), { kernel: 3 }),
  dc5: op(cells('dil_conv'), { kernel: 5 }),
}

/** A genotype as papers/darts-family.md 1.5 writes it, `sc3@0 sc3@1; …`; sources 0 and 1 are the inputs. */
function genotype(cell: string, text: string): readonly Assignment[] {
  return text.split(';').map((node, index) => ({
    kind: 'edges',
    path: `${cell}.n${index + 1}`,
    edges: node
      .trim()
      .split(' ')
      .map((edge) => {
        const [name = '', source = ''] = edge.split('@')
        const operation = short[name]
        if (!operation) throw new Error(`no operation ${name}`)
        return { operation, source: Number(source) < 2 ? `s${source}` : `n${Number(source) - 1}` }
      }),
  }))
}

function architecture(name: string, normal: string, reduction: string, parameters: number): IrArchitecture {
  return {
    name,
    space: 'darts',
    assignments: [...genotype('normal', normal), ...genotype('reduction', reduction)],
    expects: [
      {
        with: { cells: x(20), width: x(36) },
        cost: 'parameters',
        operator: '=',
        value: x(parameters),
        text: `parameters = ${parameters}`,
      },
    ],
  }
}

/** spaces/darts.nas, written by hand: what the compiler must make of it. */
export const dartsIr: Ir = {
  format: irFormat,
  hash: 'sha256:0',
  source: 'darts.nas',
  params: [
    { name: 'width', type: 'int', default: x(16) },
    { name: 'cells', type: 'int', default: x(8) },
  ],
  constants: [{ id: 'candidates', name: 'candidates', value: set(...Object.values(short)) }],
  operations,
  components: [],
  cells: [
    {
      id: 'darts',
      name: 'darts',
      inputs: ['s0', 's1'],
      parameters: [stride],
      lets: [],
      prepare: [
        {
          inputs: ['s0'],
          through: when(
            binary(field('s0.height'), '>', field('s1.height')),
            op(cells('factorized_reduce')),
            op(cells('relu_conv_bn')),
          ),
        },
        { inputs: ['s1'], through: op(cells('relu_conv_bn')) },
      ],
      nodes: [
        {
          name: 'n',
          family: { from: x(1), to: x(4) },
          from: { kind: 'choice', of: 'earlier', arity: { least: x(2), most: x(2) } },
          through: oneOf('through', constant('candidates')),
          overrides: [{ parameter: 'stride', value: local('stride'), on: ['s0', 's1'] }],
          merge: 'sum',
        },
      ],
      output: { merge: 'concat', of: ['n'] },
      requires: [],
    },
  ],
  spaces: [
    {
      id: 'darts',
      name: 'darts',
      input: { height: x(32), width: x(32), channels: x(3) },
      classes: x(10),
      lets: [],
      cells: [
        { name: 'normal', cell: 'darts', arguments: {} },
        { name: 'reduction', cell: 'darts', arguments: { stride: x(2) } },
      ],
      network: [
        {
          kind: 'stem',
          parts: [pipe(op(nn('conv'), { channels: product(3, param('width')), kernel: 3 }), op(nn('bn')))],
        },
        {
          kind: 'stack',
          name: 'cells',
          count: param('cells'),
          cell: 'normal',
          exceptions: [
            { cell: 'reduction', at: set(binary(param('cells'), '/', 3), binary(product(2, param('cells')), '/', 3)) },
          ],
          channels: param('width'),
          doubledAt: ['reduction'],
        },
        { kind: 'head', body: pipe(op(nn('global_pool')), op(nn('linear'), { features: fact('classes') })) },
      ],
      requires: [],
    },
  ],
  searches: [],
  architectures: [
    architecture(
      'DARTS_V1',
      'sc3@1 sc3@0; sk@0 sc3@1; sk@0 sc3@1; sc3@0 sk@2',
      'mp3@0 mp3@1; sk@2 mp3@0; mp3@0 sk@2; sk@2 ap3@0',
      3_169_414,
    ),
    architecture(
      'DARTS_V2',
      'sc3@0 sc3@1; sc3@0 sc3@1; sc3@1 sk@0; sk@0 dc3@2',
      'mp3@0 mp3@1; sk@2 mp3@1; mp3@0 sk@2; sk@2 mp3@1',
      3_349_342,
    ),
    architecture(
      'PC_DARTS_cifar',
      'sc3@1 sk@0; sc3@0 dc3@1; sc5@0 sc3@1; ap3@0 dc3@1',
      'sc5@1 mp3@0; sc5@1 sc5@2; sc3@0 sc3@3; sc3@1 sc3@2',
      3_634_678,
    ),
  ],
}
