import { createBuilder, type NetworkBuilder } from './network-builder.js'
import type { Catalogue } from '../values/definitions.js'
import type { Environment } from '../values/environment.js'
import { operationMayChoose } from '../values/may-choose.js'
import type { LayerNode, MergeNode, NetworkNode } from './network.js'
import type { ParamValues } from '../values/params.js'
import { isList, isOperation, type Value } from '../values/value.js'

/** What a composed operation comes to on a map of some shape, wherever it stands. */
export interface Part {
  /** The nodes behind node 0, which is the map; their paths are relative to the place. */
  readonly nodes: readonly (LayerNode | MergeNode)[]
  readonly output: number
}

const known = new WeakMap<Catalogue, WeakMap<ParamValues, Map<string, Part>>>()

/**
 * Adds the body of an operation in which nothing is chosen. Networks hold few different ones, many times, so what a body
 * comes to is remembered by all that it depends on: arguments, the shape that arrives, and what the place says.
 *
 * @param site  where the operation stands; `at` is the path of what is built
 * @param operation id
 * @param build builds the body at this site with a builder
 */
export function placePart(
  builder: NetworkBuilder,
  site: Environment,
  operation: string,
  values: Readonly<Record<string, Value>>,
  input: number,
  build: (builder: NetworkBuilder, input: number) => number,
): number {
  // Alternatives differ from each other: what is remembered of them would not be asked for again.
  if (builder.alternatives) return build(builder, input)
  const texts = textsOf(site.catalogue, Object.values(values))
  if (!texts) return build(builder, input)
  const byParams = known.get(site.catalogue) ?? new WeakMap<ParamValues, Map<string, Part>>()
  known.set(site.catalogue, byParams)
  const parts = byParams.get(site.params) ?? new Map<string, Part>()
  byParams.set(site.params, parts)
  const { height, width, channels } = builder.shape(input)
  const key = JSON.stringify([operation, texts, height, width, channels, site.place])
  const part = parts.get(key) ?? partOf(builder, site.at, input, build)
  parts.set(key, part)
  return builder.part(site.at, part, input)
}

/** What tells arguments apart; undefined where something is chosen in one of them, or one is not known before its place. */
function textsOf(catalogue: Catalogue, values: readonly Value[]): readonly unknown[] | undefined {
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
    const given = Object.entries(value.arguments)
    const known = given.flatMap(([, thunk]) => (thunk.kind === 'known' ? [thunk.value] : []))
    const inner = known.length === given.length ? textsOf(catalogue, known) : undefined
    if (!inner) return undefined
    texts.push([value.operation.id, given.map(([name]) => name), inner])
  }
  return texts
}

/** The body built by itself, behind a map of the same shape and path. */
function partOf(
  around: NetworkBuilder,
  at: string,
  input: number,
  build: (builder: NetworkBuilder, input: number) => number,
): Part {
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
