import { Failure } from '../../catalogue/failure.js'
import type { Architecture } from '../../space/architectures/architecture.js'
import { isConnection } from '../../space/binding/clause-target.js'
import type { Decision } from '../../space/decisions/decision.js'
import type { Genotype, GenotypeCell, GenotypeEdge } from './genotype.js'
import { publishedName } from './operation-names.js'
import type { SpaceCell, SpaceNode } from './space-cells.js'

/**
 * An architecture as a genotype.
 *
 * @param operations names of operations beside the usual ones: that of the genotype -> that of the space
 * @throws Failure NAS8126 where the space has no cells with open choices, or an operation has no name there
 */
export function genotypeOf(
  { space, decisions }: Architecture,
  cells: readonly SpaceCell[],
  operations: ReadonlyMap<string, string>,
  name?: string,
): Genotype {
  if (cells.length === 0)
    throw new Failure('no-genotype-of', { what: space, reason: 'it has no cell with open choices' })
  const taken = (decision: Decision): readonly number[] => decisions[decision.path] ?? []
  const edgesOf = (cell: SpaceCell, node: SpaceNode): readonly GenotypeEdge[] => {
    const { from } = node
    const edge = (option: string, source: string): GenotypeEdge => {
      const operation = publishedName(option, operations)
      if (operation !== undefined) return { operation, source: cell.states.indexOf(source), at: 0 }
      throw new Failure('no-genotype-of', { what: space, reason: `genotypes have no name for \`${option}\`` })
    }
    if (from !== undefined && isConnection(from)) {
      return taken(from).map((option) => {
        const [, operation = '', source = ''] = /^(.*) of (\w+)$/su.exec(from.options[option] ?? '') ?? []
        return edge(operation, source)
      })
    }
    const sources = from === undefined ? node.sources : taken(from).map((option) => from.options[option] ?? '')
    return sources.map((source) => {
      const through = node.through(source)
      const option = through && through.options[taken(through)[0] ?? 0]
      if (option !== undefined) return edge(option, source)
      const reason = `nothing is chosen on the edge from ${source} to ${cell.name}.${node.name}`
      throw new Failure('no-genotype-of', { what: space, reason })
    })
  }
  return {
    ...(name !== undefined && { name }),
    at: 0,
    cells: cells.map((cell): GenotypeCell => {
      const { outputChoice } = cell
      const output =
        outputChoice === undefined
          ? cell.output
          : taken(outputChoice).map((option) => outputChoice.options[option] ?? '')
      return {
        name: cell.name === 'reduction' ? 'reduce' : cell.name,
        at: 0,
        nodes: cell.nodes.map((node) => edgesOf(cell, node)),
        concat: { states: output.map((state) => cell.states.indexOf(state)), at: 0 },
      }
    }),
  }
}
