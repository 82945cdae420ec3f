import type { CellGraph } from '../generator/graph.js'
import type { Member } from './member.js'

/** What is true of the graph of a cell in one architecture. */
export interface GraphFacts {
  /** Edges into nodes, and into the output where it chooses, from maps that are there. */
  readonly edges: number
  readonly reached: boolean
  readonly used: boolean
  readonly usedOrRemoved: boolean
}

/** Reads the graph of a cell off what an architecture selects. A node that reads nothing is not there. */
export function graphFacts({ inputs, nodes, outputs }: CellGraph, use: string, { selections }: Member): GraphFacts {
  const taken = (path: string): readonly number[] => selections.get(path)?.options ?? []
  const isChosen = (name: string): boolean => selections.has(`${use}.${name}.from`)
  /** Every edge that is asked for, once for each operation on it. */
  const asked = new Map(
    nodes.map(({ name, sources }) => [
      name,
      isChosen(name) ? chosenSources(selections, `${use}.${name}.from`) : sources,
    ]),
  )
  const there = new Set(inputs)
  for (const { name } of nodes) if (asked.get(name)?.some((source) => there.has(source))) there.add(name)

  const outputPath = (index: number): string => `${use}.output${index === 0 ? '' : `.plus[${index}]`}`
  const taking = outputs.map(({ names, isChoice }, index) =>
    isChoice ? taken(outputPath(index)).flatMap((option) => names[option] ?? []) : names,
  )
  const chosenEdges = outputs.flatMap(({ isChoice }, index) => (isChoice ? (taking[index] ?? []) : []))
  const nodeEdges = [...asked.values()].flat()

  const used = new Set(taking.flat().filter((name) => there.has(name)))
  for (const { name } of nodes.toReversed()) {
    if (used.has(name)) for (const source of asked.get(name) ?? []) if (there.has(source)) used.add(source)
  }
  // Whoever is named by a choice or by a node that is there is read.
  const read = new Set([
    ...taking.flat(),
    ...nodes.flatMap(({ name }) => (isChosen(name) || there.has(name) ? (asked.get(name) ?? []) : [])),
  ])
  return {
    edges: [...nodeEdges, ...chosenEdges].filter((source) => there.has(source)).length,
    reached: nodes.every(({ name }) => there.has(name)),
    used: nodes.every(({ name }) => used.has(name)),
    usedOrRemoved: nodes.every(({ name }) => (there.has(name) ? used.has(name) : !read.has(name))),
  }
}

/** Sources by their names in the options, `n1` and `conv of n1`: a space that rewrites another one may have others. */
function chosenSources(selections: Member['selections'], path: string): readonly string[] {
  const { decision, options = [] } = selections.get(path) ?? {}
  return options.map((option) => decision?.options[option]?.split(' of ').at(-1) ?? '')
}
