import { isStandard } from '../modules/host.js'
import type { ModuleGraph } from '../modules/module-graph.js'
import type { NamedSymbol } from '../names/symbol.js'
import type { Variant } from './lowering.js'

/**
 * The id of a symbol: its name in the entry module, `std:nn.conv` in a module of the standard library, `darts.darts` in
 * `darts.nas`. Names of folders are no part of it: moving a program does not change its IR.
 *
 * @param word what it is called in the IR
 */
export function idOf(graph: ModuleGraph, symbol: NamedSymbol, variant?: Variant, word = symbol.name): string {
  const prefix = prefixOf(graph, symbol.location.file)
  const name = prefix === '' ? word : `${prefix}.${word}`
  return variant === undefined ? name : `${name}@${variant.name}`
}

function prefixOf(graph: ModuleGraph, path: string): string {
  if (path === graph.entry) return ''
  if (isStandard(path)) return path
  const name = baseName(path)
  const alike = graph.modules.filter(
    (module) => module.path !== graph.entry && !isStandard(module.path) && baseName(module.path) === name,
  )
  const position = alike.findIndex((module) => module.path === path)
  return position <= 0 ? name : `${name}~${position + 1}`
}

/** `darts` of `spaces/darts.nas`. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.nas$/, '')
}
