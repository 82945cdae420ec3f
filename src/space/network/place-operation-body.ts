import type { IrOperation } from '../../ir/model/operation.js'
import { mentionsOf } from '../evaluation/mentions.js'
import { createBuilder, type NetworkBuilder } from './network-builder.js'
import type { Definitions } from '../expressions/definitions.js'
import type { Environment } from '../evaluation/environment.js'
import { operationMayChoose } from '../evaluation/may-choose.js'
import type { LayerNode, MergeNode, NetworkNode } from './network.js'
import type { OperationBody } from './operation-body.js'
import type { ParamValues } from '../evaluation/params.js'
import { isList, isOperation, type Value } from '../evaluation/value.js'

const known = new WeakMap<Definitions, WeakMap<ParamValues, Map<string, OperationBody>>>()

/**
 * Adds the body of an operation in which nothing is chosen. Networks hold few different ones, many times, so what a body
 * comes to is memoised by all that it depends on: arguments, the shape that arrives, and what the place says.
 *
 * @param site  where the operation stands; `at` is the path of what is built
 * @param build builds the body at this site with a builder
 */
export function placeOperationBody(
  builder: NetworkBuilder,
  site: Environment,
  operation: IrOperation,
  values: Readonly<Record<string, Value>>,
  input: number,
  build: (builder: NetworkBuilder, input: number) => number,
): number {
  // Alternatives differ from each other: what is memoised of them would not be asked for again.
  if (builder.alternatives) return build(builder, input)
  const texts = textsOf(site.definitions, Object.values(values))
  if (!texts) return build(builder, input)
  const byParams = known.get(site.definitions) ?? new WeakMap<ParamValues, Map<string, OperationBody>>()
  known.set(site.definitions, byParams)
  const parts = byParams.get(site.params) ?? new Map<string, OperationBody>()
  byParams.set(site.params, parts)
  const { height, width, channels } = builder.shape(input)
  const key = JSON.stringify([operation.id, texts, height, width, channels, surroundingsRead(site, operation, values)])
  const body = parts.get(key) ?? bodyOf(builder, site.at, input, build)
  parts.set(key, body)
  return builder.body(site.at, body, input)
}

/** Where it is asked which layer of its stage a place is in. */
const layers = mentionsOf(
  (expression) => expression.kind === 'context' && (expression.name === 'layer' || expression.name === 'first'),
)

/** What of the place may count: which layer it is in only for what asks. */
function surroundingsRead(
  { definitions, surroundings }: Environment,
  operation: IrOperation,
  values: Readonly<Record<string, Value>>,
): Environment['surroundings'] {
  const reads =
    layers.inOperation(definitions, operation) ||
    Object.values(values).some((value) => layers.inValue(definitions, value))
  if (reads) return surroundings
  const { layer: _, first: __, ...read } = surroundings ?? {}
  return read
}

/** What tells arguments apart; undefined where something is chosen in one of them, or one is not known before its place. */
function textsOf(catalogue: Definitions, values: readonly Value[]): readonly unknown[] | undefined {
  const texts: unknown[] = []
  for (const value of values) {
    if (typeof value !== 'object') {
      texts.push(value)
      continue
    }
    if (isList(value) || !isOperation(value) || value.kind === 'closure') return undefined
    if (value.kind === 'identity') {
      texts.push([])
      continue
    }
    if (operationMayChoose(catalogue, value.operation)) return undefined
    const supplied = Object.entries(value.arguments)
    const known = supplied.flatMap(([, thunk]) => (thunk.kind === 'known' ? [thunk.value] : []))
    const inner = known.length === supplied.length ? textsOf(catalogue, known) : undefined
    if (!inner) return undefined
    texts.push([value.operation.id, supplied.map(([name]) => name), inner])
  }
  return texts
}

/** The body built by itself, behind a map of the same shape and path. */
function bodyOf(
  around: NetworkBuilder,
  at: string,
  input: number,
  build: (builder: NetworkBuilder, input: number) => number,
): OperationBody {
  const builder = createBuilder()
  const output = build(builder, builder.input(around.shape(input), around.path(input)))
  return { output, nodes: builder.nodes.slice(1).map((node) => relative(node, at.length)) }
}

function relative(node: NetworkNode, start: number): LayerNode | MergeNode {
  const path = node.path.slice(start)
  if (node.kind === 'merge') return { ...node, path }
  if (node.kind !== 'layer') throw new Error(`${node.path} is no part of an operation`)
  return { ...node, path, weights: node.weights.map((weight) => ({ ...weight, path: weight.path.slice(start) })) }
}
