import type { Node, NodeKind, NodeOf } from './ast.js'

/** The properties of a node that hold nodes. */
type ChildKey<N> = {
  [K in keyof N]-?: [NonNullable<N[K]>] extends [Node | readonly Node[]] ? K : never
}[keyof N]
type ChildTable = { readonly [K in NodeKind]: { readonly [P in ChildKey<NodeOf<K>>]: true } }

/** Which properties of a node hold its children; the compiler refuses one that is forgotten or not there. */
const childTable: ChildTable = {
  file: { imports: true, declarations: true },
  import: { names: true, module: true },
  'import-name': { name: true, alias: true },
  'module-reference': {},
  param: { name: true, type: true, default: true },
  let: { name: true, value: true },
  op: { name: true, parameters: true, body: true },
  extern: { category: true, name: true, parameters: true, places: true, planned: true, rules: true },
  'setting-place': { clause: true, variables: true },
  out: { assignments: true },
  weight: { name: true, shape: true, role: true, init: true, when: true },
  macs: { value: true },
  cost: { convention: true, value: true },
  binds: { binding: true },
  selects: { count: true },
  needs: { what: true, when: true },
  parameter: { name: true, type: true, words: true, default: true },
  require: { test: true },
  'require-every': { conditions: true, otherwise: true },
  assignment: { path: true, value: true },
  path: { head: true, arguments: true, steps: true },
  'path-field': { name: true, arguments: true },
  'path-index': { index: true },
  name: {},
  cell: { name: true, parameters: true, items: true },
  prepare: { inputs: true, through: true },
  node: { name: true, family: true, clauses: true },
  output: { value: true },
  from: { sources: true },
  through: { operation: true, overrides: true },
  override: { parameter: true, value: true, on: true },
  merge: { by: true },
  project: { through: true },
  sources: { arity: true, of: true, operations: true },
  earlier: {},
  listed: { sources: true },
  source: { name: true, index: true },
  space: { name: true, items: true },
  'space-rewrite': { name: true, base: true, rewrites: true },
  'value-rewrite': { path: true, value: true },
  'sources-rewrite': { sources: true },
  input: { value: true },
  classes: { value: true },
  'space-cell': { name: true, value: true },
  network: { items: true },
  stem: { parts: true },
  stack: { count: true, cell: true, exceptions: true, channels: true, doubledAt: true },
  'stack-exception': { cell: true, at: true },
  stage: { name: true, items: true },
  'stage-property': { value: true },
  head: { value: true },
  search: { name: true, space: true, like: true, rewrites: true, clauses: true },
  relax: { relaxations: true, temperature: true },
  relaxation: { targets: true, by: true },
  cells: { placements: true },
  share: { what: true },
  'component-clause': { value: true },
  minimise: { objectives: true },
  train: { variables: true, share: true, settings: true, per: true },
  validate: { share: true },
  derive: { rules: true, except: true },
  predictor: { name: true, value: true, to: true },
  retrain: { named: true, settings: true },
  scale: { name: true, named: true, settings: true },
  'settings-declaration': { name: true, settings: true },
  settings: { items: true },
  'override-setting': { name: true, value: true },
  'value-setting': { name: true, value: true, tails: true },
  'block-setting': { name: true, named: true, settings: true },
  'expression-setting': { value: true },
  architecture: { name: true, space: true, items: true },
  'architecture-block': { path: true, items: true },
  edges: { path: true, edges: true },
  edge: { operation: true, source: true },
  'value-item': { path: true, value: true },
  layers: { path: true, values: true },
  with: { assignments: true },
  expect: { cost: true, value: true, within: true },
  number: {},
  string: {},
  boolean: {},
  'name-expression': { name: true },
  field: { target: true, name: true },
  index: { target: true, index: true },
  call: { callee: true, arguments: true },
  argument: { label: true, value: true },
  block: { name: true, body: true },
  set: { items: true },
  comprehension: { bindings: true, body: true },
  binding: { name: true, domain: true },
  tuple: { items: true },
  group: { inner: true },
  unary: { operand: true },
  binary: { left: true, right: true },
  if: { test: true, then: true, otherwise: true },
  pipeline: { steps: true },
  range: { from: true, to: true, step: true },
  span: { from: true, to: true },
  choice: { arity: true, options: true, per: true },
  arity: { least: true, most: true },
  phrase: { head: true, tails: true },
  tail: { word: true, value: true },
  missing: {},
}

/** The direct children of a node in the order of the text. */
export function children(node: Node): Node[] {
  const found: Node[] = []
  // The table's type guarantees that these properties hold nodes, lists of nodes or nothing.
  const properties = node as unknown as Readonly<Record<string, Node | readonly Node[] | undefined>>
  for (const key of Object.keys(childTable[node.kind])) {
    const value = properties[key]
    if (value === undefined) continue
    if ('kind' in value) found.push(value)
    else found.push(...value)
  }
  return found.sort((left, right) => left.span.start - right.span.start)
}

/** Calls `visit` for the node and everything below, in the order of the text; `false` skips what is below a node. */
export function walk(node: Node, visit: (node: Node, parent: Node | undefined) => unknown, parent?: Node): void {
  if (visit(node, parent) === false) return
  for (const child of children(node)) walk(child, visit, node)
}
