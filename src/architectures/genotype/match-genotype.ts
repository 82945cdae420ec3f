import { Failure } from '../../catalogue/failure.js'
import type { Architecture } from '../../space/architectures/architecture.js'
import type { Decision } from '../../space/decisions/decision.js'
import { isConnection } from '../../space/binding/clause-target.js'
import { didYouMean, nearNames } from '../../support/near-names.js'
import { plural } from '../../support/format-quantity.js'
import type { Genotype, GenotypeCell, GenotypeEdge } from './genotype.js'
import { placeIn, type GenotypeText } from './genotype-text.js'
import { optionNames } from './operation-names.js'
import type { SpaceCell, SpaceNode } from './space-cells.js'

/** What a genotype is matched against. */
export interface GenotypeTarget {
  /** Id of the space. */
  readonly space: string
  readonly cells: readonly SpaceCell[]
  /** Names of operations beside the usual ones: that of the genotype -> that of the space. */
  readonly operations: ReadonlyMap<string, string>
}

type Selections = Record<string, readonly number[]>

/**
 * The architecture of a space that a genotype is.
 *
 * @throws Failure NAS8123 where the space has no such cell, NAS8124 where a cell has another form, NAS8125 on an operation that
 *         is no option there
 */
export function architectureOfGenotype(source: GenotypeText, genotype: Genotype, target: GenotypeTarget): Architecture {
  const decisions: Selections = {}
  const matched = genotype.cells.map((cell) => [cell, cellFor(source, cell, genotype, target)] as const)
  for (const [cell, of] of matched) matchCell(new Matching(source, target, of, decisions), cell)
  const open = target.cells.find(({ name }) => !matched.some(([, of]) => of.name === name))
  if (open !== undefined) {
    throw new Failure('genotype-without-cell', {
      place: placeIn(source, genotype.at),
      reason: `says nothing of the cell \`${open.name}\` of ${target.space}`,
    })
  }
  return { space: target.space, decisions }
}

/** `reduce` is `reduction`; a genotype of one cell is about the only one. */
function cellFor(
  source: GenotypeText,
  { name, at }: GenotypeCell,
  { cells }: Genotype,
  target: GenotypeTarget,
): SpaceCell {
  const names = target.cells.map((cell) => cell.name)
  const found =
    name === undefined
      ? target.cells.length === 1
        ? target.cells[0]
        : undefined
      : (target.cells.find((cell) => cell.name === name) ??
        target.cells.find(
          (cell) => cell.name.startsWith(name.replace(/e$/u, '')) && !cells.some((each) => each.name === cell.name),
        ))
  if (found !== undefined) return found
  const what = name === undefined ? 'is of one cell' : `has a cell \`${name}\``
  throw new Failure('genotype-without-cell', {
    place: placeIn(source, at),
    reason: `${what}, and the cells of ${target.space} with open choices are ${names.join(', ') || 'none'}`,
  })
}

/** A cell that is being matched. */
class Matching {
  constructor(
    readonly source: GenotypeText,
    readonly target: GenotypeTarget,
    readonly cell: SpaceCell,
    readonly decisions: Selections,
  ) {}

  misfit(at: number, reason: string): never {
    throw new Failure('genotype-does-not-fit', { place: placeIn(this.source, at), cell: this.cell.name, reason })
  }
}

function matchCell(matching: Matching, { nodes, concat, at }: GenotypeCell): void {
  const { cell, decisions } = matching
  if (nodes.length !== cell.nodes.length) {
    matching.misfit(
      at,
      `the genotype has ${plural(nodes.length, 'node')}, and the cell has ${String(cell.nodes.length)}`,
    )
  }
  cell.nodes.forEach((node, index) => {
    matchNode(matching, node, nodes[index] ?? [], at)
  })
  if (concat === undefined) return
  const states = concat.states.map(
    (state) => cell.states[state] ?? matching.misfit(concat.at, `there is no state ${String(state)} to concatenate`),
  )
  const { outputChoice, output } = cell
  if (outputChoice !== undefined) {
    decisions[outputChoice.path] = states.map(
      (state) => indexOf(outputChoice, [state]) ?? matching.misfit(concat.at, `${state} is no output`),
    )
  } else if ([...states].sort().join() !== [...output].sort().join()) {
    matching.misfit(concat.at, `it concatenates ${states.join(', ')}, and the cell ${output.join(', ')}`)
  }
}

function matchNode(matching: Matching, node: SpaceNode, edges: readonly GenotypeEdge[], start: number): void {
  const { cell, decisions } = matching
  const { from } = node
  const at = edges[0]?.at ?? start
  const taken: number[] = []
  const sources = edges.map((edge) => sourceOf(matching, node, edge))
  edges.forEach((edge, i) => {
    const source = sources[i] ?? ''
    const names = optionNames(edge.operation, matching.target.operations)
    if (from !== undefined && isConnection(from)) {
      taken.push(
        optionOf(
          matching,
          from,
          names.map((name) => `${name} of ${source}`),
          edge,
        ),
      )
      return
    }
    if (sources.indexOf(source) < i) matching.misfit(edge.at, `${node.name} reads ${source} twice`)
    if (from !== undefined) taken.push(from.options.indexOf(source))
    const through = node.through(source)
    if (through !== undefined) decisions[through.path] = [optionOf(matching, through, names, edge)]
  })
  const { least, most } = from?.arity ?? { least: node.sources.length, most: node.sources.length }
  if (edges.length < least || edges.length > most) {
    const range = least === most ? plural(least, 'input') : `${String(least)} to ${String(most)} inputs`
    matching.misfit(at, `${node.name} takes ${range} of ${cell.name}, and ${String(edges.length)} are given`)
  }
  if (from !== undefined) decisions[from.path] = taken
}

function sourceOf(matching: Matching, node: SpaceNode, { source, at }: GenotypeEdge): string {
  const { states } = matching.cell
  const name = states[source]
  if (name !== undefined && node.sources.includes(name)) return name
  const known = node.sources.map((each) => `${String(states.indexOf(each))} (${each})`).join(', ')
  return matching.misfit(at, `${node.name} cannot read state ${String(source)}; it may read ${known}`)
}

function optionOf(
  { source }: Matching,
  decision: Decision,
  names: readonly string[],
  { operation, at }: GenotypeEdge,
): number {
  const option = indexOf(decision, names)
  if (option !== undefined) return option
  const [own = operation] = names
  throw new Failure('genotype-unknown-operation', {
    place: placeIn(source, at),
    operation,
    path: decision.path,
    options: decision.options.join(', '),
    near: didYouMean(nearNames(own, decision.options)[0]),
  })
}

/** The first of several names that is an option. */
function indexOf({ options }: Decision, names: readonly string[]): number | undefined {
  return names.map((name) => options.indexOf(name)).find((index) => index >= 0)
}
