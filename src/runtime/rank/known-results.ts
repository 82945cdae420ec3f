import { architectureOf, decisionsOfCells, optionNamed } from '../../architectures/index.js'
import { cellsOf, type SpaceCell } from '../../architectures/genotype/index.js'
import { unmetConstraints } from '../../analysis/index.js'
import { Failure } from '../../catalogue/failure.js'
import { bindingOf } from '../../space/architectures/architecture.js'
import { buildNetwork } from '../../space/network/build-network.js'
import { ElaborationFailure } from '../../space/limits/elaboration-failure.js'
import { lazy } from '../../support/lazy.js'
import { publishedArchitecture } from '../search/phases/recorded-results.js'
import type { SelectedOptions } from '../search/components/derivations/derivation.js'
import { architectureFrom } from '../search/step/architecture-from.js'
import type { ResolvedSearch } from '../search/step/resolved-search.js'
import type { Member, openMembers } from './members.js'
import type { KnownResult, NamedArchitecture } from './options.js'
import type { LeftOut } from './trained-architectures.js'

/** A row whose architecture is one of the space. */
export interface ResolvedResult extends Member {
  /** Undefined where it is said by its decisions. */
  readonly name: string | undefined
  readonly value: number
}

export interface ResultsContext {
  readonly search: ResolvedSearch
  readonly members: ReturnType<typeof openMembers>
  /** Architectures of the run by name: what it derived, and what was drawn. */
  readonly named: ReadonlyMap<string, SelectedOptions>
}

/**
 * The architectures of a table. Those that the space excludes are left out, and counted.
 *
 * @throws Failure NAS7586, NAS7587 where a row does not name an architecture, as `architectureOf` where there is none of a name
 */
export function resolveResults(
  results: readonly KnownResult[],
  context: ResultsContext,
): { readonly resolved: readonly ResolvedResult[]; readonly leftOut: readonly LeftOut[] } {
  const resolved: ResolvedResult[] = []
  const leftOut: LeftOut[] = []
  const { ir, plan, params } = context.search
  const cells = lazy(() => cellsOf(ir, plan.space, params))
  for (const { place, of, value } of results) {
    const decisions = decisionsOfRow(of, place, context, cells)
    const member = context.members.find(decisions)
    if (member !== undefined) resolved.push({ ...member, name: of.kind === 'decisions' ? undefined : of.name, value })
    else leftOut.push({ what: place, reason: whyNone(context.search, decisions, place) })
  }
  return { resolved, leftOut }
}

function decisionsOfRow(
  of: NamedArchitecture,
  place: string,
  { search, named }: ResultsContext,
  cells: () => readonly SpaceCell[],
): SelectedOptions {
  switch (of.kind) {
    case 'architecture':
      return Object.fromEntries(
        Object.entries(of.decisions).map(([path, texts]) => [path, optionsNamed(texts, path, place, search)]),
      )
    case 'name':
      return (
        named.get(of.name) ??
        publishedArchitecture(of.name, place, search, cells) ??
        architectureOf(search.ir, of.name, search.params).decisions
      )
    case 'decisions':
      return decisionsOfCells(of.cells, place, search.decisions)
  }
}

function optionsNamed(
  texts: readonly string[],
  path: string,
  place: string,
  { decisions }: ResolvedSearch,
): readonly number[] {
  const decision = decisions.find((each) => each.path === path)
  if (decision === undefined) {
    throw new Failure('trained-other-space', { what: place, path, found: texts.join(', ') })
  }
  return texts.map((text) => optionNamed(text, decision, place))
}

/** Why selections are no architecture of the space. @throws Failure NAS7588 where they leave one open */
function whyNone(search: ResolvedSearch, decisions: SelectedOptions, place: string): string {
  const { ir, plan, params } = search
  const architecture = architectureFrom(search, decisions)
  try {
    buildNetwork(ir, plan.space, { params, binding: bindingOf(architecture), mode: 'standalone' })
    const [unmet] = unmetConstraints(ir, architecture, params)
    return unmet === undefined ? 'is not in the space' : `does not satisfy ${unmet.text}`
  } catch (error) {
    if (error instanceof ElaborationFailure) return `cannot be built: ${error.message}`
    if (!(error instanceof Failure) || error.slug !== 'open-decision') throw error
    throw new Failure('row-leaves-open', { place, reason: error.message.replace(/\.$/, '') })
  }
}
