import { decisionsOf } from '../../analysis/index.js'
import type { Ir } from '../../ir/model/ir.js'
import { relaxedBinding } from '../../space/binding/supernet-binding.js'
import { buildNetwork } from '../../space/network/build-network.js'
import { definitionsOf, spaceOf } from '../../space/expressions/definitions.js'
import type { Decision } from '../../space/decisions/decision.js'
import { throughPath } from '../../space/decisions/decision-path.js'
import type { ParamValues } from '../../space/evaluation/params.js'

/** A cell of a space in which something is chosen, as genotypes number its states. */
export interface SpaceCell {
  /** `normal` */
  readonly name: string
  readonly inputs: readonly string[]
  readonly nodes: readonly SpaceNode[]
  /** Inputs, then nodes: the numbers of a genotype are places in this list. */
  readonly states: readonly string[]
  /** States that the cell gives on; all that it may, where that is chosen. */
  readonly output: readonly string[]
  /** The choice of these. */
  readonly outputChoice?: Decision
}

export interface SpaceNode {
  readonly name: string
  readonly sources: readonly string[]
  /** The choice of its inputs. */
  readonly from?: Decision
  /** The choice of the operation on the edge from a source. */
  through(source: string): Decision | undefined
}

/** The cells of a space with open choices, in the order in which it uses them. */
export function cellsOf(ir: Ir, space: string, params: ParamValues): readonly SpaceCell[] {
  const decisions = new Map(decisionsOf(ir, space, { params }).map((decision) => [decision.path, decision]))
  const { cells } = definitionsOf(ir)
  const edges = edgesOf(ir, space, params)
  return spaceOf(ir, space).cells.flatMap((use) => {
    const cell = cells.get(use.cell)
    const isOpen = [...decisions.keys()].some((path) => path.startsWith(`${use.name}.`))
    if (cell === undefined || !isOpen) return []
    const nodes = [...(edges.get(use.name) ?? [])].map(([name, sources]): SpaceNode => {
      const path = `${use.name}.${name}.from`
      const from = decisions.get(path)
      return {
        ...{ name, sources: [...sources] },
        ...(from !== undefined && { from }),
        through: (source) => decisions.get(throughPath(path, source)),
      }
    })
    const states = [...cell.inputs, ...nodes.map(({ name }) => name)]
    const families = new Set(cell.nodes.flatMap(({ name, family }) => (family === undefined ? [] : [name])))
    const output = cell.output.of.flatMap((name) =>
      families.has(name) ? states.filter((state) => state.replace(/\d+$/u, '') === name && state !== name) : [name],
    )
    const outputChoice = decisions.get(`${use.name}.output`)
    return [{ name: use.name, inputs: cell.inputs, nodes, states, output, ...(outputChoice && { outputChoice }) }]
  })
}

/** By cell and node the sources that an edge leads from. */
function edgesOf(
  ir: Ir,
  space: string,
  params: ParamValues,
): ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>> {
  const found = new Map<string, Map<string, Set<string>>>()
  for (const node of buildNetwork(ir, space, { params, binding: relaxedBinding, mode: 'shared' }).nodes) {
    if (node.kind !== 'edge') continue
    const [cell = '', name = ''] = node.node.split('.')
    const nodes = found.get(cell) ?? new Map<string, Set<string>>()
    nodes.set(name, (nodes.get(name) ?? new Set()).add(node.source))
    found.set(cell, nodes)
  }
  return found
}
