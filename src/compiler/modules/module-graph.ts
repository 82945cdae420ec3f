import type { SyntaxFile } from '../syntax/ast.js'
import type { Library } from './library.js'
import type { SourceText } from '../text/source.js'

/** A module that was read and parsed. */
export interface Module {
  /** As the host resolves it: `std:nn`, `spaces/darts.nas`. */
  readonly path: string
  readonly source: SourceText
  readonly syntax: SyntaxFile
  /** The paths of what it imports, one entry per import declaration; `undefined` where it is missing or closes a circle. */
  readonly imports: readonly (string | undefined)[]
}

/** All modules of a program: what is imported stands before what imports it, the entry is last. */
export interface ModuleGraph {
  readonly entry: string
  readonly modules: readonly Module[]
  readonly library: Library
}

export function moduleOf(graph: ModuleGraph, path: string): Module | undefined {
  return graph.modules.find((module) => module.path === path)
}
