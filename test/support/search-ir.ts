import type { Expression } from '../../src/ir/model/expression.js'
import type { Ir } from '../../src/ir/model/ir.js'
import type { IrParameter, TypeName } from '../../src/ir/model/operation.js'
import type { ComponentKind, IrComponent, IrSearch, Settings } from '../../src/ir/model/search.js'
import { seal } from '../../src/ir/seal/index.js'
import { dartsIr } from './darts-ir-without-norms.js'
import { op, record, x, type Written } from './expressions.js'

/** Searches over the DARTS space, written by hand: what the compiler must make of them. */
const id = (name: string): string => `std:search.${name}`

function component(
  kind: ComponentKind,
  name: string,
  parameters: Readonly<Record<string, TypeName | [TypeName, Expression]>> = {},
): IrComponent {
  const declared = Object.entries(parameters).map(([parameter, type]): IrParameter => {
    return typeof type === 'string' ? { name: parameter, type } : { name: parameter, type: type[0], default: type[1] }
  })
  return { id: id(name), name, kind, parameters: declared }
}

const tuple = (...items: readonly number[]): Expression => ({ kind: 'tuple', items: items.map(x) })
export const span = (from: number, to: number): Expression => ({ kind: 'span', from: x(from), to: x(to) })
export function use(name: string, given: Readonly<Record<string, Written>> = {}): Expression {
  return { kind: 'component', component: id(name), arguments: record(given) }
}

const components: readonly IrComponent[] = [
  component('relaxation', 'softmax', { temperature: ['real', x(1)] }),
  component('relaxation', 'strength'),
  component('relaxation', 'gumbel', { temperature: ['real', x(1)] }),
  component('sampler', 'all'),
  component('objective', 'cross_entropy', { smoothing: ['real', x(0)] }),
  component('schedule', 'cosine', { range: 'span', smooth: ['bool', x(false)] }),
  component('schedule', 'linear', { range: 'span', smooth: ['bool', x(false)] }),
  component('optimiser', 'sgd', {
    lr: 'schedule',
    momentum: ['real', x(0)],
    decay: ['real', x(0)],
    nesterov: ['bool', x(false)],
  }),
  component('optimiser', 'adam', {
    lr: 'schedule',
    betas: ['tuple', tuple(0.9, 0.999)],
    decay: ['real', x(0)],
    epsilon: ['real', x(1e-8)],
  }),
  component('derivation', 'top', { count: 'int' }),
  component('derivation', 'argmax'),
  component('augmentation', 'crop', { padding: 'int' }),
  component('augmentation', 'flip'),
  component('setting', 'epochs', { count: 'int' }),
  component('setting', 'batch', { count: 'int' }),
  component('setting', 'examples', { count: 'int' }),
  component('setting', 'lr', { schedule: 'schedule' }),
  component('setting', 'choice_lr', { schedule: 'schedule' }),
  component('setting', 'clip', { norm: 'real' }),
  component('setting', 'augment', { by: 'augmentation' }),
  component('setting', 'cutout', { side: 'int' }),
  component('setting', 'drop_path', { probability: 'span' }),
  component('setting', 'auxiliary', { weight: 'real', at: 'real' }),
  component('setting', 'choice_init', { deviation: 'real' }),
]

export function settings(
  values: Readonly<Record<string, Expression>>,
  params: Readonly<Record<string, number>> = {},
  blocks: Readonly<Record<string, Settings>> = {},
): Settings {
  return { params: record(params), values, blocks }
}

const count = (name: string, value: number): Readonly<Record<string, Expression>> => ({
  [name]: use(name, { count: value }),
})

export const firstOrder: IrSearch = {
  name: 'first_order',
  space: 'darts',
  relax: [
    { target: 'through', by: use('softmax') },
    { target: 'from', by: use('strength') },
  ],
  cells: [],
  share: [],
  sample: use('all'),
  minimise: use('cross_entropy'),
  train: [
    {
      variables: 'weights',
      share: x(0.5),
      optimiser: use('sgd', { lr: use('cosine', { range: span(0.025, 0.001) }), momentum: 0.9, decay: 3e-4 }),
      perEpoch: false,
      settings: settings({ clip: use('clip', { norm: 5 }) }),
    },
    {
      variables: 'choices',
      share: x(0.5),
      optimiser: use('adam', { lr: 3e-4, betas: tuple(0.5, 0.999), decay: 1e-3 }),
      perEpoch: false,
      settings: settings({ choice_init: use('choice_init', { deviation: 1e-3 }) }),
    },
  ],
  derive: { rules: [{ by: use('top', { count: 2 }) }], except: [op('std:cells.none')] },
  retrain: settings(
    {
      ...count('epochs', 600),
      ...count('batch', 96),
      lr: use('lr', { schedule: use('cosine', { range: span(0.025, 0) }) }),
      cutout: use('cutout', { side: 16 }),
      drop_path: use('drop_path', { probability: span(0, 0.2) }),
      auxiliary: use('auxiliary', { weight: 0.4, at: 2 / 3 }),
    },
    { cells: 20, width: 36 },
  ),
  scales: {
    paper: settings({
      ...count('epochs', 50),
      ...count('batch', 64),
      augment: use('augment', { by: { kind: 'set', items: [use('crop', { padding: 4 }), use('flip')] } }),
    }),
    tiny: settings(
      { ...count('epochs', 2), ...count('batch', 8) },
      { cells: 3, width: 4 },
      {
        retrain: settings(
          { ...count('epochs', 2), ...count('batch', 8), cutout: use('cutout', { side: 2 }) },
          { cells: 3, width: 4 },
        ),
      },
    ),
  },
  settings: settings({}),
}

/** What the elaboration's own tests need not say. */
const batchNormParameters: readonly IrParameter[] = [
  { name: 'epsilon', type: 'real', default: x(1e-5) },
  { name: 'momentum', type: 'real', default: x(0.1) },
]

/** The DARTS program with these searches. */
export function searchIr(...searches: readonly IrSearch[]): Ir {
  const { format: _format, hash: _hash, ...program } = dartsIr
  const operations = program.operations.map((operation) =>
    operation.id === 'std:nn.bn'
      ? { ...operation, parameters: [...operation.parameters, ...batchNormParameters] }
      : operation,
  )
  return seal({ ...program, operations, components, searches: searches.length === 0 ? [firstOrder] : searches })
}
