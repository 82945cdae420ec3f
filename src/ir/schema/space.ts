import type * as model from '../model/space.js'
import { constant, list, map, name, oneOf, record, ref, text, union, type Schema } from './build.js'

const expression = ref('expression')
const merge = oneOf(['sum', 'concat', 'multiply'])

type Source<K extends model.Sources['kind']> = Extract<model.Sources, { kind: K }>

/** Definitions for `model/space.ts`. */
export const spaceDefinitions: Readonly<Record<string, Schema>> = {
  let: record<model.IrLet>({ name, value: expression }),
  require: record<model.IrRequire>({ test: expression, text }, { stage: name }),
  cell: record<model.IrCell>({
    id: name,
    name,
    inputs: list(name, 1),
    parameters: list(ref('parameter')),
    lets: list(ref('let')),
    prepare: list(record<model.IrCell['prepare'][number]>({ inputs: list(name, 1), through: expression })),
    nodes: list(ref('node')),
    output: ref('cellOutput'),
    requires: list(ref('require')),
  }),
  node: record<model.IrNode>(
    {
      name,
      from: ref('sources'),
      through: expression,
      overrides: list(
        record<model.IrNode['overrides'][number]>({ parameter: name, value: expression, on: list(name, 1) }),
      ),
      merge,
    },
    {
      family: record<NonNullable<model.IrNode['family']>>({ from: expression, to: expression }),
      lets: list(ref('let'), 1),
      project: expression,
    },
  ),
  sourceSet: { anyOf: [constant('earlier'), list(name, 1)] },
  sources: union<model.Sources>({
    all: ref('sourcesAll'),
    choice: ref('sourcesChoice'),
    connections: ref('sourcesConnections'),
  }),
  sourcesAll: record<Source<'all'>>({ kind: constant('all'), of: ref('sourceSet') }),
  sourcesChoice: record<Source<'choice'>>({ kind: constant('choice'), of: ref('sourceSet'), arity: ref('arity') }),
  sourcesConnections: record<Source<'connections'>>({
    kind: constant('connections'),
    of: ref('sourceSet'),
    arity: ref('arity'),
    operations: expression,
  }),
  cellOutput: record<model.CellOutput>(
    { merge, of: list(name, 1) },
    {
      arity: ref('arity'),
      plus: list(
        record<NonNullable<model.CellOutput['plus']>[number]>(
          { of: list(name, 1), through: expression },
          { arity: ref('arity') },
        ),
      ),
    },
  ),
  space: record<model.IrSpace>(
    {
      id: name,
      name,
      input: record<model.IrSpace['input']>({ height: expression, width: expression, channels: expression }),
      classes: expression,
      lets: list(ref('let')),
      cells: list(record<model.IrSpace['cells'][number]>({ name, cell: name, arguments: map(expression) })),
      network: list(ref('networkItem'), 1),
      requires: list(ref('require')),
    },
    { doc: text, base: name },
  ),
  networkItem: union<model.NetworkItem>({
    stem: ref('stem'),
    stack: ref('stack'),
    stage: ref('stage'),
    head: ref('head'),
  }),
  stem: record<model.StemItem>({ kind: constant('stem'), parts: list(expression, 1) }),
  stack: record<model.StackItem>({
    kind: constant('stack'),
    name,
    count: expression,
    cell: name,
    exceptions: list(record<model.StackItem['exceptions'][number]>({ cell: name, at: expression })),
    channels: expression,
    doubledAt: list(name),
  }),
  stage: record<model.StageItem>(
    {
      kind: constant('stage'),
      name,
      lets: list(ref('let')),
      width: expression,
      depth: expression,
      stride: expression,
      layer: expression,
    },
    { first: expression },
  ),
  head: record<model.HeadItem>({ kind: constant('head'), body: expression }),
}
