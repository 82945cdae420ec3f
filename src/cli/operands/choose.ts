import { noSuchName } from '../arguments/no-such-name.js'
import { Failure } from '../../catalogue/failure.js'
import type { Ir, IrArchitecture } from '../../ir/model/ir.js'
import { shortSpaceNames, spacesNamed } from './space-names.js'

/**
 * The id of the space that `--space` names, or of the only one. A space that a search rewrites stands beside the one it came
 * from, under the name of the search.
 */
export function chooseSpace(ir: Ir, supplied: string | undefined): string {
  const shown = shortSpaceNames(ir)
  if (supplied !== undefined) {
    const names = [...shown.values()]
    const found = spacesNamed(ir, supplied)
    if (found.length === 0) throw noSuchName('space', supplied, names, ir.source)
    return only(ir, found, `spaces called ${supplied}`, shown)
  }
  const own = ir.spaces.filter((space) => space.name === space.id)
  const candidates = (own.length > 0 ? own : ir.spaces).map(({ id }) => id)
  if (candidates.length === 0) throw new Failure('none-declared', { file: ir.source, what: 'space' })
  return only(ir, candidates, 'spaces', shown)
}

export function findArchitecture(ir: Ir, name: string): IrArchitecture {
  const names = ir.architectures.map((architecture) => architecture.name)
  const found = ir.architectures.find((architecture) => architecture.name === name)
  if (found === undefined) {
    throw noSuchName('architecture', name, names, ir.source)
  }
  return found
}

function only(ir: Ir, ids: readonly string[], what: string, shown: ReadonlyMap<string, string>): string {
  const [first, ...others] = ids
  if (first !== undefined && others.length === 0) return first
  const names = ids.map((id) => shown.get(id) ?? id).join(', ')
  throw new Failure('choose-one', { file: ir.source, count: ids.length, what, names, option: 'space' })
}
