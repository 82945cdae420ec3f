import { nearNames } from '../compiler/diagnostics/suggest.js'
import type { Ir, IrArchitecture } from '../ir/model/ir.js'
import { wrongUse } from './wrong-use.js'

/** The space that `--space` names, or the only one. A space that a search rewrites stands beside the one it came from. */
export function chooseSpace(ir: Ir, given: string | undefined): string {
  const names = ir.spaces.map((space) => space.id)
  const own = ir.spaces.filter((space) => space.name === space.id).map((space) => space.id)
  return choose(ir.source, 'space', 'spaces', 'space', given, names, own.length > 0 ? own : names)
}

export function findArchitecture(ir: Ir, name: string): IrArchitecture {
  const names = ir.architectures.map((architecture) => architecture.name)
  const found = ir.architectures.find((architecture) => architecture.name === name)
  if (found === undefined) {
    throw wrongUse.unknownName('architecture', name, names, nearNames(name, names)[0], ir.source)
  }
  return found
}

function choose(
  file: string,
  one: string,
  many: string,
  option: string,
  given: string | undefined,
  all: readonly string[],
  candidates: readonly string[],
): string {
  if (given !== undefined) {
    if (all.includes(given)) return given
    throw wrongUse.unknownName(one, given, all, nearNames(given, all)[0], file)
  }
  const [only, ...others] = candidates
  if (only === undefined) throw wrongUse.none(one, file)
  if (others.length > 0) throw wrongUse.choose(many, option, candidates, file)
  return only
}
