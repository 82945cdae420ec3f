import { Failure } from '../../catalogue/failure.js'
import type { Ir } from '../../ir/model/ir.js'
import type { IrCell, IrSpace, NetworkItem, StackItem } from '../../ir/model/space.js'
import { nearNames } from '../../support/near-names.js'
import { apply } from './apply.js'
import { createBuilder, type NetworkBuilder, type SelectedByPath } from './network-builder.js'
import { definitionsOf, spaceOf } from '../expressions/definitions.js'
import type { CellUse } from './cell.js'
import { cellInstanceBuilder } from './repeated-cells.js'
import { createDecider } from '../binding/create-decider.js'
import { type Decider } from '../decisions/decider.js'
import type { Binding } from '../decisions/binding.js'
import { ElaborationFailure } from '../limits/elaboration-failure.js'
import { printShape } from '../evaluation/shape.js'
import type { Environment } from '../evaluation/environment.js'
import { integerIn, listIn, rootEnvironment, steering, withLets } from '../evaluation/evaluate.js'
import { demandWithin } from '../limits/sizes.js'
import { addImages } from './images.js'
import { withElasticity, type Built, type Stored } from './elasticity.js'
import type { Network } from './network.js'
import type { Shape } from '../evaluation/shape.js'
import type { ParamValues } from '../evaluation/params.js'
import { innerScope, spaceScope } from '../decisions/decision-scope.js'
import { buildStage, unmixed } from './stage.js'
import type { OperationValue } from '../evaluation/value.js'

export interface BuildOptions {
  readonly params: ParamValues
  readonly binding: Binding
  readonly mode: Network['mode']
  /**
   * Shape of one image and number of classes of the data; absent: the space's own. Where the space has a choice of
   * resolutions, images are resized to the one that is chosen.
   */
  readonly input?: Shape
  readonly classes?: number
  /**
   * Where in the last stack an auxiliary head reads, as a share of its cells: it stands behind the cell of index
   * floor(share * cells), `2/3` in DARTS. Absent: no auxiliary head.
   */
  readonly auxiliaryAt?: number
  /**
   * `share features`: within a copy of a cell, an operation on a map has one set of weights and is evaluated once, whatever
   * edges it lies on (EnTranNAS).
   */
  readonly shareFeatures?: boolean
  /** What masks and subsamples leave is not asked for, only whether they can be; see `SoftTableOptions`. */
  readonly softEndsOnly?: boolean
  /** Only decisions and shapes are asked for: the layers of composed operations are left out. */
  readonly outline?: boolean
  /** A member of the space around which its alternatives are shown; see `BuilderOptions`. */
  readonly member?: SelectedByPath
  /** The auxiliary head; absent: the operation `auxiliary_head` of the program. */
  readonly auxiliaryHead?: OperationValue
}

/** What data put in place of what the space declares. */
export type DataImages = Pick<BuildOptions, 'input' | 'classes'>

/**
 * Builds the network of a space under a binding: concrete shapes, weights and costs, no tensors. In mode `shared` a weight
 * has the same path under every binding.
 *
 * @param space id or name
 * @throws ElaborationFailure where shapes disagree, a `require` of a primitive does not hold, an expression has no value,
 *         or a decision is bound in a way that makes no sense; Failure on an unknown space or a missing auxiliary head
 */
export function buildNetwork(ir: Ir, space: string, options: BuildOptions): Network {
  const declaration = spaceOf(ir, space)
  const build = (binding: Binding): Built => {
    const decider = createDecider(binding)
    return { network: elaborate(ir, declaration, { ...options, binding }, decider), decider }
  }
  const { softEndsOnly: endsOnly = false } = options
  return withElasticity(build, options.binding, storedShapes(ir, space, options), { endsOnly })
}

/** Shapes of what slices are taken from, by IR, and by all that they depend on. */
const storedByIr = new WeakMap<Ir, Map<string, Map<string, Stored>>>()

function storedShapes(ir: Ir, space: string, options: BuildOptions): Map<string, Stored> {
  if (options.auxiliaryHead) return new Map()
  const { params, mode, input, classes, auxiliaryAt, shareFeatures } = options
  const key = JSON.stringify([space, [...Object.entries(params)], mode, input, classes, auxiliaryAt, shareFeatures])
  const byOptions = storedByIr.get(ir) ?? new Map<string, Map<string, Stored>>()
  storedByIr.set(ir, byOptions)
  const known = byOptions.get(key) ?? new Map<string, Stored>()
  byOptions.set(key, known)
  return known
}

/** {@link buildNetwork} with a decider that the caller keeps. */
export function elaborate(ir: Ir, space: IrSpace, options: BuildOptions, decider: Decider): Network {
  // Whatever is mixed where no operation stands around it.
  return unmixed(space.name, 'network', () => elaborateItems(ir, space, options, decider))
}

function elaborateItems(ir: Ir, space: IrSpace, options: BuildOptions, decider: Decider): Network {
  const builder = createBuilder({
    sharing: options.shareFeatures === true,
    outline: options.outline === true,
    ...(options.member ? { member: options.member } : {}),
  })
  const root = withLets(rootEnvironment(ir, options.params, { space, decider }), space.lets)
  const standalone = options.mode === 'standalone'
  const classes = options.classes ?? integerIn({ ...root, at: 'classes' }, space.classes)
  const environment: Environment = { ...root, surroundings: { classes, standalone } }
  const shareFeatures = options.shareFeatures === true

  const image = addImages(builder, root, space, options.input)
  const cells: string[] = []
  const context: ItemContext = { builder, decider, environment, shareFeatures, image, cells }
  let auxiliary: number | undefined
  /** Outputs so far, newest last: a stack reads the last two. */
  let outputs: readonly number[] = [image]
  const lastStack = space.network.findLast((item) => item.kind === 'stack')
  space.network.forEach((item, index) => {
    const built = buildItem(context, space, item, outputs, space.network[index - 1]?.kind)
    if (item === lastStack && options.auxiliaryAt !== undefined) {
      const position = Math.floor(options.auxiliaryAt * built.length + 1e-9)
      const at = built[Math.min(position, built.length - 1)]
      if (at !== undefined) auxiliary = auxiliaryLogits(ir, context, options, at)
    }
    outputs = item.kind === 'stem' || item.kind === 'stack' ? [...outputs, ...built].slice(-2) : built
  })

  const logits = outputs.at(-1) ?? image
  checkLogits(builder, space.name, logits, classes)
  if (auxiliary !== undefined) checkLogits(builder, 'auxiliary', auxiliary, classes)
  return {
    mode: options.mode,
    input: builder.shape(0),
    classes,
    nodes: builder.nodes,
    logits,
    cells,
    ...(auxiliary === undefined ? {} : { auxiliary }),
    ...(decider.summed.length === 0 ? {} : { summed: decider.summed }),
  }
}

export interface ElaborationContext {
  readonly builder: NetworkBuilder
  readonly decider: Decider
  readonly environment: Environment
  readonly shareFeatures?: boolean
}

interface ItemContext extends ElaborationContext {
  /** Node of the images as the network reads them. */
  readonly image: number
  /** Names of the cells so far. */
  readonly cells: string[]
}

/** Outputs of the item, in order. */
function buildItem(
  context: ItemContext,
  space: IrSpace,
  item: NetworkItem,
  outputs: readonly number[],
  before: NetworkItem['kind'] | undefined,
): readonly number[] {
  const { builder, decider, environment } = context
  const input = outputs.at(-1) ?? 0
  switch (item.kind) {
    case 'stem': {
      let end = input
      return item.parts.map((part, index) => {
        const path = item.parts.length === 1 ? 'stem' : `stem[${index + 1}]`
        end = put(context, part, end, path)
        return end
      })
    }
    case 'stack': {
      // Behind a stem with one output, both inputs of the first cell are that output; the image itself is none of them.
      const known = before === 'stem' && outputs[0] === context.image ? outputs.slice(1) : outputs
      return buildStack(context, space, item, known)
    }
    case 'stage':
      return [buildStage(builder, decider, environment, item, input)]
    case 'head':
      return [put(context, item.body, input, 'head')]
  }
}

/** Applies an operation of the network itself. */
export function put(
  { builder, decider, environment }: ElaborationContext,
  body: Parameters<typeof apply>[1],
  input: number,
  path: string,
): number {
  const surroundings = { ...environment.surroundings, in: builder.shape(input).channels }
  const scope = innerScope(spaceScope, 'item', path)
  const site = { builder, decider, input, path, overrides: new Map<string, never>() }
  return apply(
    { ...site, environment: { ...environment, scope, surroundings, at: path, maps: { input: builder.shape(input) } } },
    body,
  )
}

function buildStack(
  context: ItemContext,
  space: IrSpace,
  stack: StackItem,
  outputs: readonly number[],
): readonly number[] {
  const { builder, decider, environment, shareFeatures = false } = context
  let previous = outputs
  const built: number[] = []
  const build = cellInstanceBuilder(builder, decider)
  const arriving = builder.shape(outputs.at(-1) ?? 0).channels
  for (const { use, cell, copy, channels } of stackPlan(environment, space, stack, arriving)) {
    const newest = previous.at(-1) ?? 0
    const older = previous.at(-2) ?? newest
    const inputs = cell.inputs.length === 1 ? [newest] : [older, newest]
    const output = build({ builder, decider, space: environment, copy, channels, inputs, shareFeatures }, use, cell)
    context.cells.push(use.name)
    previous = [newest, output]
    built.push(output)
  }
  return built
}

/** One cell of a stack. */
export interface CellInstance {
  readonly use: CellUse
  readonly cell: IrCell
  /** `cells[3]` */
  readonly copy: string
  readonly channels: number
}

/**
 * Which cells a stack is made of, in order.
 *
 * @param arriving channels of the newest map before it
 */
export function stackPlan(
  environment: Environment,
  space: IrSpace,
  stack: StackItem,
  arriving: number,
): readonly CellInstance[] {
  const at = { ...environment, at: stack.name, surroundings: { ...environment.surroundings, in: arriving } }
  const count = unmixed(stack.name, 'number of cells', () =>
    steering(environment, true, () => integerIn(at, stack.count)),
  )
  demandWithin(stack.name, 'the stack', 'cells', count)
  const exceptions = stack.exceptions.flatMap(({ cell, at: positions }) =>
    steering(environment, true, () => listIn(at, positions)).map((position) => ({
      cell,
      position: Math.floor(Number(position) + 1e-9),
    })),
  )
  let channels = unmixed(stack.name, 'number of channels', () => integerIn(at, stack.channels))
  return Array.from({ length: count }, (_, index): CellInstance => {
    const name = exceptions.find(({ position }) => position === index)?.cell ?? stack.cell
    if (stack.doubledAt.includes(name)) channels *= 2
    const use = cellUse(space, name)
    const cell = environment.definitions.cells.get(use.cell)
    if (!cell) throw new Error(`${space.name} uses ${use.cell}, which is not in the IR`)
    return { use, cell, copy: `${stack.name}[${index}]`, channels }
  })
}

export function cellUse(space: IrSpace, name: string): CellUse {
  const use = space.cells.find((candidate) => candidate.name === name)
  if (use) return use
  throw new Error(`${space.name} has no cell ${name}`)
}

function auxiliaryLogits(ir: Ir, context: ElaborationContext, options: BuildOptions, at: number): number {
  const head = options.auxiliaryHead ?? auxiliaryHead(ir)
  const environment = { ...context.environment, locals: { head: { kind: 'known', value: head } as const } }
  return put({ ...context, environment }, { kind: 'local', name: 'head' }, at, 'auxiliary')
}

function auxiliaryHead(ir: Ir): OperationValue {
  const operations = [...definitionsOf(ir).operations.values()]
  const operation = operations.findLast(({ name }) => name === 'auxiliary_head')
  if (operation) return { kind: 'operation', operation, arguments: {} }
  const [near] = nearNames(
    'auxiliary_head',
    operations.map(({ name }) => name),
  )
  throw new Failure('no-auxiliary-head', { file: ir.source, near: near ? ` There is \`${near}\`.` : '' })
}

/** @throws ElaborationFailure where a map is no list of one number per class */
export function checkLogits(builder: NetworkBuilder, name: string, id: number, classes: number): void {
  const shape = builder.shape(id)
  if (shape.height === 1 && shape.width === 1 && shape.channels === classes) return
  throw new ElaborationFailure(builder.path(id), 'wrong-logits', { name, found: printShape(shape), classes })
}
