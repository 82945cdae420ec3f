import { architectureOf } from '../../architectures/index.js'
import { unmetConstraints } from '../../analysis/index.js'
import { Failure } from '../../catalogue/failure.js'
import { bindingOf } from '../../space/architectures/architecture.js'
import { buildNetwork } from '../../space/network/build-network.js'
import type { Decision } from '../../space/values/decision.js'
import { ElaborationFailure } from '../../space/values/elaboration-failure.js'
import { didYouMean, nearNames } from '../../support/near-names.js'
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
  for (const { place, of, value } of results) {
    const decisions = decisionsOfRow(of, place, context)
    const member = context.members.find(decisions)
    if (member !== undefined) resolved.push({ ...member, name: of.kind === 'decisions' ? undefined : of.name, value })
    else leftOut.push({ what: place, reason: whyNone(context.search, decisions, place) })
  }
  return { resolved, leftOut }
}

function decisionsOfRow(of: NamedArchitecture, place: string, { search, named }: ResultsContext): SelectedOptions {
  switch (of.kind) {
    case 'architecture':
      return Object.fromEntries(
        Object.entries(of.decisions).map(([path, texts]) => [path, optionsNamed(texts, path, place, search)]),
      )
    case 'name':
      return named.get(of.name) ?? architectureOf(search.ir, of.name, search.params).decisions
    case 'decisions':
      return decisionsOfCells(of.cells, place, search)
  }
}

function decisionsOfCells(
  cells: Readonly<Record<string, string>>,
  place: string,
  { decisions }: ResolvedSearch,
): SelectedOptions {
  const taken = decisions.flatMap((decision) => {
    const cell = cells[decision.path]?.trim() ?? ''
    return cell === '' ? [] : [[decision.path, optionsOf(cell, decision, place)] as const]
  })
  if (taken.length > 0 || decisions.length === 0) return Object.fromEntries(taken)
  const paths = decisions.map(({ path }) => path)
  const near = didYouMean(Object.keys(cells).flatMap((column) => nearNames(column, paths))[0])
  throw new Failure('no-architecture-columns', {
    place,
    near,
    columns: Object.keys(cells).join(', '),
    paths: paths.join(', '),
  })
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

/** `skip` or `s0; n1`, as options print; where they are numbers, in any notation. */
function optionsOf(cell: string, decision: Decision, place: string): readonly number[] {
  const whole = optionOf(cell, decision)
  if (whole >= 0) return [whole]
  return cell.split(';').map((part) => optionNamed(part.trim(), decision, place))
}

function optionNamed(text: string, decision: Decision, place: string): number {
  const option = optionOf(text, decision)
  if (option >= 0) return option
  const { path, options } = decision
  const near = didYouMean(nearNames(text, options)[0])
  throw new Failure('unknown-cell-option', { place, path, found: text, near, options: options.join(', ') })
}

function optionOf(text: string, { options, values }: Decision): number {
  const exact = options.indexOf(text)
  if (exact >= 0 || values === undefined || text === '') return exact
  return values.indexOf(Number(text))
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
