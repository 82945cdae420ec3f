import { functions } from '../../space/expressions/functions.js'
import {
  aggregateFunctions,
  contextNames,
  type AggregateFunction,
  type ContextName,
  type Merge,
} from '../../ir/model/expression.js'

/** What a name means that no module declares. */
export type BuiltIn =
  | { readonly kind: 'context'; readonly name: ContextName }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'merge'; readonly merge: Merge }
  | { readonly kind: 'form'; readonly form: 'image' | 'residual' | 'project' | 'same_width' }
  /** A cost of an architecture: in `expect`, `require`, `minimise`, `derive`. */
  | { readonly kind: 'cost'; readonly cost: CostName }
  /** The feature map that arrives at an operation, or that a primitive gives. */
  | { readonly kind: 'map'; readonly name: 'input' | 'out' }
  /** `edges` of a cell, in `require`. */
  | { readonly kind: 'edges' }
  /** A part of a network that is not declared by a name and whose decisions a `require` speaks of. */
  | { readonly kind: 'part'; readonly name: string }
  /** `count`, in `require`. */
  | { readonly kind: 'aggregate'; readonly function: AggregateFunction }

export const costNames = ['parameters', 'macs', 'activation_bytes'] as const
export type CostName = (typeof costNames)[number]

const costAliases: Readonly<Record<string, CostName>> = { params: 'parameters', flops: 'macs' }

export const merges = ['sum', 'concat', 'multiply'] as const satisfies readonly Merge[]

/** Names that are known everywhere, unless something declared has the same name. */
export const builtIns: ReadonlyMap<string, BuiltIn> = new Map<string, BuiltIn>([
  ...Object.keys(functions).map((name): [string, BuiltIn] => [name, { kind: 'function', name }]),
  ...costNames.map((cost): [string, BuiltIn] => [cost, { kind: 'cost', cost }]),
  ...Object.entries(costAliases).map(([name, cost]): [string, BuiltIn] => [name, { kind: 'cost', cost }]),
  ['input', { kind: 'map', name: 'input' }],
  ['edges', { kind: 'edges' }],
  ...merges.map((merge): [string, BuiltIn] => [merge, { kind: 'merge', merge }]),
  ['image', { kind: 'form', form: 'image' }],
  ['residual', { kind: 'form', form: 'residual' }],
  ['project', { kind: 'form', form: 'project' }],
  ['same_width', { kind: 'form', form: 'same_width' }],
  ...contextNames.map((name): [string, BuiltIn] => [name, { kind: 'context', name }]),
])

/** Parts of a network where decisions are made: the paths of these begin with them. */
const parts = ['stem', 'head', 'resolution', 'height', 'width', 'channels'] as const

/**
 * Names that are known in a `require` besides, unless something declared or built in has the same name: `sum`, `min` and `max`
 * are there as functions.
 */
export const namesInRequires: ReadonlyMap<string, BuiltIn> = new Map<string, BuiltIn>([
  ...parts.map((name): [string, BuiltIn] => [name, { kind: 'part', name }]),
  ...aggregateFunctions.map((name): [string, BuiltIn] => [name, { kind: 'aggregate', function: name }]),
])
