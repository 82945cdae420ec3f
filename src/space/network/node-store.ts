import type { Shape } from '../evaluation/shape.js'
import type { FeatureMap } from './merged-shape.js'
import type { NetworkNode } from './network.js'

/** The nodes of a network under construction, by id and by path. */
export interface NodeStore {
  readonly nodes: readonly NetworkNode[]
  readonly node: (id: number) => NetworkNode
  readonly shape: (id: number) => Shape
  readonly path: (id: number) => string
  readonly mapAt: (id: number) => FeatureMap
  /** Adds a node, whose id is {@link nextId}, and gives that. */
  readonly add: (node: NetworkNode) => number
  readonly nextId: () => number
  /** The path, with a number behind it where it is taken. Mixes and merges have no weights, so that harms nobody. */
  readonly freePath: (path: string) => string
}

export function nodeStore({ uniquePaths }: { readonly uniquePaths: boolean }): NodeStore {
  const nodes: NetworkNode[] = []
  const paths = new Set<string>()
  const node = (id: number): NetworkNode => {
    const found = nodes[id]
    if (!found) throw new Error(`no node ${id}`)
    return found
  }
  return {
    nodes,
    node,
    shape: (id) => node(id).shape,
    path: (id) => node(id).path,
    mapAt: (id) => node(id),
    add(added) {
      const { id, path } = added
      if (id !== nodes.length) throw new Error(`node ${id} comes as number ${nodes.length}`)
      if (uniquePaths && paths.has(path)) throw new Error(`two nodes at ${path}`)
      paths.add(path)
      nodes.push(added)
      return id
    },
    nextId: () => nodes.length,
    freePath(path) {
      let count = 1
      let candidate = path
      while (paths.has(candidate)) candidate = `${path}[${++count}]`
      return candidate
    },
  }
}
