import { Failure } from '../catalogue/failure.js'
import type { Assignment, Ir, IrArchitecture } from '../ir/model/ir.js'
import { decisionsOf } from '../analysis/index.js'
import type { Architecture } from '../space/architectures/architecture.js'
import type { Decision } from '../space/decisions/decision.js'
import { spaceOf } from '../space/expressions/definitions.js'
import { ElaborationFailure } from '../space/limits/elaboration-failure.js'
import { resolveParams, type ParamValues } from '../space/evaluation/params.js'
import { didYouMean, nearNames } from '../support/near-names.js'
import { paramsOf } from './architecture-params.js'
import { claimsOf, textIn, type Claim } from './claims.js'
import { failureOf, type EntryFault } from './entry-fault.js'
import { reachedUnder, type ReachedDecisions } from './reached-decisions.js'

/** What the entries of an architecture come to. */
export interface ResolvedEntries {
  /** What they take for decisions that its network reaches; all that they take, where it cannot be built. */
  readonly architecture: Architecture
  /** What holds for each decision, by path, whether its network reaches it or not. */
  readonly claims: ReadonlyMap<string, Claim>
  /** All that is wrong with entries, in their order. */
  readonly faults: readonly EntryFault[]
  /** Why its network cannot be built, or the decisions that it reaches. */
  readonly reached: ReachedDecisions | ElaborationFailure
}

/** @throws Failure NAS6112 if the program has no architecture of this name. */
export function findArchitecture(ir: Ir, name: string): IrArchitecture {
  const found = ir.architectures.find((architecture) => architecture.name === name)
  if (found) return found
  const names = ir.architectures.map((architecture) => architecture.name)
  const near = didYouMean(nearNames(name, names)[0])
  throw new Failure('unknown-architecture', { file: ir.source, name, near, names: names.join(', ') || 'none' })
}

/**
 * The decisions that an `architecture` of the program takes and its network reaches. Options are matched by operation and
 * arguments, defaults included, however they are written. `mb2.kernel` stands for the kernel of every layer of the stage,
 * `kernel` for that of all stages; what is said more closely holds. What is said of a decision that there is not under these
 * params, but is under the usual ones or those of the architecture, is passed over.
 *
 * @throws Failure NAS6112 on an unknown architecture, NAS6113 on an unknown decision, node or source, NAS6114 on an option
 *         that the decision does not have or a number of options that it does not take
 */
export function architectureOf(ir: Ir, name: string, params: ParamValues): Architecture {
  return resolveArchitecture(ir, findArchitecture(ir, name), params)
}

/** {@link architectureOf} for a declaration at hand, for example one from a file of its own. */
export function resolveArchitecture(ir: Ir, declaration: IrArchitecture, params: ParamValues): Architecture {
  const decisions = decisionsOf(ir, declaration.space, { params })
  const { architecture, faults } = resolveEntries(ir, declaration, params, decisions)
  const [first] = faults
  if (first) throw failureOf(first, declaration.name, decisions)
  return architecture
}

/** All that the entries of an architecture take, and all that is wrong with them. */
export function resolveEntries(
  ir: Ir,
  declaration: IrArchitecture,
  params: ParamValues,
  decisions: readonly Decision[],
): ResolvedEntries {
  const closest = new Map<string, Claim>()
  const faults: EntryFault[] = []
  for (const entry of declaration.assignments) {
    const found = claimsOf(ir, entry, decisions, params)
    if (!found) {
      if (!isOfOtherParams(ir, declaration, entry, params))
        faults.push({ kind: 'no-decision', entry, path: entry.path })
      continue
    }
    faults.push(...found.faults)
    for (const claim of found.claims) {
      const { path } = claim.decision
      const other = closest.get(path)
      if (!other || other.specificity < claim.specificity) closest.set(path, claim)
      else if (other.specificity === claim.specificity) {
        faults.push({ kind: 'bound-twice', entry, first: other.entry, path })
      }
    }
  }
  const { id: space } = spaceOf(ir, declaration.space)
  const reached = attempted(() =>
    reachedUnder(ir, space, params, (decision) => {
      const claim = closest.get(decision.path)
      return claim && selectionOf(claim, decision)
    }),
  )
  const isReached = (path: string): boolean => reached instanceof ElaborationFailure || reached.all.has(path)
  const taken: [string, readonly number[]][] = []
  for (const [path, claim] of closest) {
    // What is chosen elsewhere may change the options.
    const decision = (reached instanceof ElaborationFailure ? undefined : reached.all.get(path)) ?? claim.decision
    const selection = selectionOf(claim, decision)
    if (selection === undefined) faults.push(...faultsOf(claim, decision))
    else if (isReached(path)) taken.push([path, selection])
  }
  const place = new Map(declaration.assignments.map((entry, index) => [entry, index]))
  return {
    architecture: { space, decisions: Object.fromEntries(taken) },
    claims: closest,
    faults: faults.sort((a, b) => (place.get(a.entry) ?? 0) - (place.get(b.entry) ?? 0)),
    reached,
  }
}

function attempted(build: () => ReachedDecisions): ReachedDecisions | ElaborationFailure {
  try {
    return build()
  } catch (failure) {
    if (failure instanceof ElaborationFailure) return failure
    throw failure
  }
}

/** Positions of the options that are taken, in the order of the decision. Nothing where something is wrong with them. */
function selectionOf(claim: Claim, decision: Decision): readonly number[] | undefined {
  if (faultsOf(claim, decision).length > 0) return undefined
  return claim.options.map((option) => decision.options.indexOf(textIn(option, decision))).sort((a, b) => a - b)
}

function faultsOf({ entry, options }: Claim, decision: Decision): readonly EntryFault[] {
  const faults: EntryFault[] = []
  const seen = new Map<string, object>()
  for (const option of options) {
    const { at } = option
    const text = textIn(option, decision)
    const first = seen.get(text)
    if (!decision.options.includes(text)) faults.push({ kind: 'no-option', entry, at, decision, text })
    else if (first) faults.push({ kind: 'taken-twice', entry, at, first, decision, text })
    seen.set(text, at)
  }
  const { least, most } = decision.arity ?? { least: 1, most: 1 }
  const found = options.length
  if (found < least || found > most) faults.push({ kind: 'wrong-count', entry, decision, found })
  return faults
}

/** Whether an entry speaks of what other values of the params call for: a cell that a short stack leaves out. */
function isOfOtherParams(ir: Ir, declaration: IrArchitecture, entry: Assignment, params: ParamValues): boolean {
  const others = new Set([paramsOf(ir, declaration), resolveParams(ir, {})])
  others.delete(params)
  return [...others].some((other) => {
    const decisions = decisionsOf(ir, declaration.space, { params: other })
    return claimsOf(ir, entry, decisions, other) !== undefined
  })
}
