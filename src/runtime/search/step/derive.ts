import { targetedDecisions } from '../../../space/binding/clause-target.js'
import type { Decision } from '../../../space/decisions/decision.js'
import { Failure } from '../../../catalogue/failure.js'
import { openDerivation } from '../components/derivations/index.js'
import type {
  DerivationInput,
  Evidence,
  SearchingDerivation,
  SelectedOptions,
} from '../components/derivations/derivation.js'
import type { DerivePlan } from '../settings/plan.js'

/**
 * Reads an architecture off the weights of the options: the rules of `derive` in order, each on the decisions that it
 * speaks of and that are still open. Where nothing leads, such as to the operation of an input that was not taken, is no part
 * of the architecture.
 *
 * @throws Failure where a rule does not fit a decision, or none speaks of it.
 */
export function derive(plan: DerivePlan, decisions: readonly Decision[], evidence: Evidence): SelectedOptions {
  const excluded = exclusion(plan.except)
  const input: DerivationInput = { ...evidence, decisions, excluded }
  const selected: Record<string, readonly number[]> = {}
  for (const { by, target } of plan.rules) {
    const open = targetedDecisions(target ?? 'all', decisions).filter(({ path }) => selected[path] === undefined)
    const derivation = openDerivation(by, 'derive')
    if (derivation.kind === 'search') throw new Failure('derivation-not-alone', { derivation: by.component })
    Object.assign(selected, derivation.derive(open, input))
  }
  const isUntaken = new Set(
    decisions.filter((each) => isUntakenEdge(each, decisions, selected)).map(({ path }) => path),
  )
  for (const decision of decisions) {
    if (selected[decision.path] === undefined && !isUntaken.has(decision.path)) refuseOpen(decision)
  }
  return Object.fromEntries(Object.entries(selected).filter(([path]) => !isUntaken.has(path)))
}

/** The derivation that scores architectures, which then stands alone; undefined: rules read them off the weights of options. */
export function searchingDerivation({ rules, except }: DerivePlan): SearchingDerivation | undefined {
  const [rule, ...more] = rules
  if (rule === undefined || more.length > 0 || rule.target !== undefined || except.length > 0) return undefined
  const derivation = openDerivation(rule.by, 'derive')
  return derivation.kind === 'search' ? derivation : undefined
}

/** Whether every rule decides each of its decisions by the weights of that alone. */
export function decidesEachAlone({ rules }: DerivePlan): boolean {
  return rules.every(({ by }) => {
    const derivation = openDerivation(by, 'derive')
    return derivation.kind === 'evidence' && derivation.decidesEachAlone === true
  })
}

/** An exception without arguments speaks of every use of the operation, one with arguments of just that one. */
export function exclusion(except: readonly string[]): DerivationInput['excluded'] {
  const names = new Set(except)
  return (decision, option) => {
    const printed = decision.options[option] ?? ''
    return names.has(printed) || names.has(printed.replace(/\(.*$/u, ''))
  }
}

/** True for `normal.n2.through[s0]` where `normal.n2.from` did not take `s0`. */
function isUntakenEdge(decision: Decision, decisions: readonly Decision[], selected: SelectedOptions): boolean {
  const edge = /^(?<node>.*)\.through\[(?<source>[^\]]*)\]/u.exec(decision.path)?.groups
  if (edge?.['node'] === undefined || edge['source'] === undefined) return false
  const from = decisions.find((other) => other.path === `${edge['node'] ?? ''}.from`)
  const sources = from === undefined ? undefined : selected[from.path]
  if (from === undefined || sources === undefined) return false
  return !sources.some((index) => from.options[index] === edge['source'])
}

function refuseOpen(decision: Decision): never {
  throw new Failure('no-rule', { decision: decision.path, kind: decision.kind })
}
