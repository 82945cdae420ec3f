import { isFeatureMap } from '../../names/cell.js'
import type * as ast from '../../syntax/ast.js'
import type { Checker } from '../checker.js'
import { foldNumber } from '../expressions/fold.js'

/** A node of a cell. Where it is a family of unknown size, `members` is absent. */
export interface CellNode {
  readonly declaration: ast.NodeItem
  /** `n1` … `n4`, or the node's own name. */
  readonly members?: readonly string[]
}

/** The feature maps of a cell in order: its inputs, then its nodes. */
export interface Topology {
  readonly inputs: readonly string[]
  readonly nodes: readonly CellNode[]
}

/** Members of a family that are unfolded at most; more is a mistake. */
const mostMembers = 1000

/** What feature maps a cell has; params have their defaults. */
export function topologyOf(checker: Checker, cell: ast.CellDeclaration): Topology {
  const inputs = cell.parameters.filter(isFeatureMap).map(({ name }) => name.text)
  const nodes: CellNode[] = []
  for (const item of cell.items) {
    if (item.kind !== 'node') continue
    const members = membersOf(checker, item)
    nodes.push(members === undefined ? { declaration: item } : { declaration: item, members })
  }
  return { inputs, nodes }
}

export function membersOf(checker: Checker, node: ast.NodeItem): string[] | undefined {
  if (node.family === undefined) return [node.name.text]
  const bounds = familyBounds(node.family)
  const from = bounds === undefined ? undefined : foldNumber(checker, bounds.from)
  const to = bounds === undefined ? undefined : foldNumber(checker, bounds.to)
  if (from === undefined || to === undefined || to - from >= mostMembers) return undefined
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => `${node.name.text}${from + index}`)
}

/** The bounds of `n[1..4]`; `n[3]` alone is one member. */
export function familyBounds(
  family: ast.Expression,
): { readonly from: ast.Expression; readonly to: ast.Expression } | undefined {
  if (family.kind === 'group') return familyBounds(family.inner)
  if (family.kind === 'range') return family.step === undefined ? { from: family.from, to: family.to } : undefined
  return family.kind === 'missing' ? undefined : { from: family, to: family }
}

/**
 * The members that a reference names: `n` all of a family, `n[1]` and `n1` one of them, an input itself. `undefined`
 * where that depends on values that are not known here.
 */
export function statesNamed(
  checker: Checker,
  topology: Topology,
  name: string,
  index: ast.Expression | undefined,
): readonly string[] | undefined {
  if (topology.inputs.includes(name)) return index === undefined ? [name] : undefined
  const node = topology.nodes.find(({ declaration }) => declaration.name.text === name)
  if (node === undefined) {
    return topology.nodes.some(({ members }) => members?.includes(name)) ? [name] : undefined
  }
  if (index === undefined) return node.members
  const number = foldNumber(checker, index)
  return number === undefined ? undefined : [`${name}${number}`]
}
