import type { Ir } from '../../ir/model/ir.js'

/**
 * The ids of the spaces that `name` may mean: the one with this id, or else those whose id ends in it (`entrannas_dst` of
 * `darts.darts@entrannas_dst`), or else those that their author called so.
 */
export function spacesNamed(ir: Ir, name: string): readonly string[] {
  const ids = ir.spaces.map(({ id }) => id)
  if (ids.includes(name)) return [name]
  const ending = ids.filter((id) => endingsOf(id).includes(name))
  return ending.length > 0 ? ending : ir.spaces.flatMap((space) => (space.name === name ? [space.id] : []))
}

/** The shortest name by which `--space` finds each space, in the order of the file. */
export function shortSpaceNames(ir: Ir): ReadonlyMap<string, string> {
  const short = (id: string): string => endingsOf(id).find((name) => spacesNamed(ir, name).length === 1) ?? id
  return new Map(ir.spaces.map(({ id }) => [id, short(id)]))
}

/** What an id ends in, shortest first, itself last. */
function endingsOf(id: string): readonly string[] {
  const cuts = [...id.matchAll(/[.@]/g)].map(({ index }) => id.slice(index + 1)).reverse()
  return [...cuts, id]
}
