import { Failure } from '../../../catalogue/failure.js'
import type { Ir } from '../../../ir/model/ir.js'
import type { IrSearch, Settings } from '../../../ir/model/search.js'

/** The search that is meant: by its name, or the only one there is. */
export function pickSearch(ir: Ir, name?: string, space?: string): IrSearch {
  const candidates = ir.searches.filter(
    (search) => (name === undefined || search.name === name) && (space === undefined || isOf(ir, search, space)),
  )
  const [only] = candidates
  if (only !== undefined && candidates.length === 1) return only
  const all = ir.searches.map((search) => search.name).join(', ')
  if (only === undefined) {
    const which = `${name ? ` named \`${name}\`` : ''}${space ? ` of the space \`${space}\`` : ''}`
    throw new Failure(
      'unknown-search',
      { file: ir.source, which, names: all },
      all === '' ? { help: 'Add a `search NAME of SPACE { … }` to the file.' } : {},
    )
  }
  const names = candidates.map((search) => search.name).join(', ')
  throw new Failure('choose-one', {
    file: ir.source,
    count: candidates.length,
    what: 'searches',
    names,
    option: 'search',
  })
}

/** The preset that was asked for; none without a name. */
export function pickScale(search: IrSearch, name?: string): Settings | undefined {
  if (name === undefined) return undefined
  const scale = Object.hasOwn(search.scales, name) ? search.scales[name] : undefined
  if (scale !== undefined) return scale
  const names = Object.keys(search.scales)
  throw new Failure(
    'unknown-scale',
    { search: search.name, scale: name, names: names.join(', ') },
    names.length === 0 ? { help: 'It has none: leave `--scale` out.' } : {},
  )
}

function isOf(ir: Ir, search: IrSearch, space: string): boolean {
  const found = ir.spaces.find(({ id }) => id === search.space)
  return search.space === space || found?.name === space || found?.base === space
}
