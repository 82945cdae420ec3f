import { Failure } from '../../catalogue/failure.js'
import { buildNetwork, ElaborationFailure, resolveParams, supernetBinding, type Decision } from '../../space/index.js'
import { closestClause, targetedDecisions } from '../../space/binding/clause-target.js'
import { effectiveCostOf, openCostOf, openCosts } from '../../space/cost/index.js'
import { childrenOf } from '../../space/expressions/children.js'
import { definitionsOf, spaceOf } from '../../space/expressions/definitions.js'
import { searchOverrides } from '../../space/evaluation/param-overrides.js'
import type { CostExpression, Expression } from '../../ir/model/expression.js'
import type { Ir } from '../../ir/model/ir.js'
import type { IrSearch, Relaxation } from '../../ir/model/search.js'
import type { Network } from '../../space/network/network.js'
import type { Report } from '../diagnostics/report.js'
import type { LoweredProgram } from '../lower/lower.js'
import { binds, componentOf } from './component-of.js'
import { reportContradiction } from './report-contradiction.js'

type Program = Pick<LoweredProgram, 'provenance' | 'takenOver'>

/**
 * Numbers that are masked or subsampled stand for parts of the largest network: at every scale it must have these parts, and costs
 * that are minimised must be known of them.
 */
export function checkSoftRelaxations(
  ir: Ir,
  search: IrSearch,
  decisions: readonly Decision[],
  program: Program,
  report: Report,
): void {
  const isSoft = ({ by }: Relaxation): boolean => binds(ir, by, 'mask') || binds(ir, by, 'subsample')
  if (!search.relax.some(isSoft) || !trainsSupernet(ir, search)) return
  if (softCells(ir, search, decisions, isSoft, program, report)) return
  for (const network of supernetsOf(ir, search, decisions, program, report)) {
    for (const { cost, parts } of costsIn(ir, search.minimise)) {
      try {
        costOfNetwork(network, cost)
      } catch (error) {
        if (!(error instanceof Failure)) throw error
        const help = 'Take the cost of shapes as they are weighted: `macs.effective`.'
        reportContradiction(program, { parts, what: printed(cost), reason: sentence(error), help }, report)
        return
      }
    }
  }
}

/** A path takes slices of what others mask. */
function trainsSupernet(ir: Ir, { sample }: IrSearch): boolean {
  return sample === undefined || binds(ir, sample, 'relaxed')
}

/** Copies of cells that run what is derived would need slices of what others mask. */
function softCells(
  ir: Ir,
  search: IrSearch,
  decisions: readonly Decision[],
  isSoft: (relaxation: Relaxation) => boolean,
  program: Program,
  report: Report,
): boolean {
  if (!search.cells.some((placement) => binds(ir, placement, 'derived'))) return false
  const cells = spaceOf(ir, search.space).cells.map(({ name }) => `${name}.`)
  const inside = decisions.filter(
    ({ path, values }) => values !== undefined && cells.some((cell) => path.startsWith(cell)),
  )
  const found = search.relax.find(
    (relaxation) =>
      isSoft(relaxation) &&
      targetedDecisions(relaxation.target, inside).some(
        (decision) => closestClause(search.relax, decision) === relaxation,
      ),
  )
  if (found === undefined) return false
  const reason = 'copies of its cell run what is derived, which has fewer channels than a mask leaves them'
  return reportContradiction(program, { parts: [found], what: what(ir, found), reason }, report)
}

function sentence(error: Failure): string {
  return error.message.replace(/\.$/u, '')
}

function what(ir: Ir, { target, by }: Relaxation): string {
  return `${target} by ${componentOf(ir, by)?.name ?? ''}`
}

/** The supernet under each of the params that the search and its scales set. What cannot be relaxed is told. */
function supernetsOf(
  ir: Ir,
  search: IrSearch,
  decisions: readonly Decision[],
  program: Program,
  report: Report,
): readonly Network[] {
  const all = [undefined, ...Object.values(search.scales)].map((scale) => searchOverrides(ir, search, scale))
  const distinct = new Map(all.map((params) => [JSON.stringify(params), params]))
  const networks: Network[] = []
  for (const overrides of distinct.values()) {
    try {
      const params = resolveParams(ir, overrides)
      const binding = supernetBinding(ir, search)
      networks.push(buildNetwork(ir, search.space, { params, binding, mode: 'shared', softEndsOnly: true }))
    } catch (error) {
      if (!(error instanceof ElaborationFailure)) throw error
      const relaxation = blamed(search, decisions, error)
      if (relaxation === undefined) throw error
      const why = { parts: [relaxation], what: what(ir, relaxation), reason: sentence(error), help: error.help }
      if (!reportContradiction(program, why, report)) throw error
      return []
    }
  }
  return networks
}

/** The clause of the decision that a failure is about: the one at its path, or one that it names. */
function blamed(search: IrSearch, decisions: readonly Decision[], { path, what: said }: ElaborationFailure) {
  const decision = decisions.find((each) => each.path === path) ?? decisions.find((each) => said.includes(each.path))
  return decision && closestClause(search.relax, decision)
}

interface CostUse {
  readonly cost: CostExpression
  /** The innermost part of the IR first. */
  readonly parts: readonly object[]
}

/** Costs of networks; those of a predictor read the choices. */
function costsIn(ir: Ir, expression: Expression, around: readonly object[] = []): readonly CostUse[] {
  const parts = [expression, ...around]
  if (expression.kind === 'constant') {
    const constant = definitionsOf(ir).constants.get(expression.id)
    return constant === undefined ? [] : costsIn(ir, constant.value, parts)
  }
  if (expression.kind === 'cost') return [{ cost: expression, parts }]
  return childrenOf(expression).flatMap((child) => costsIn(ir, child, parts))
}

/** @throws Failure where the cost cannot be said of the network */
function costOfNetwork(network: Network, use: CostExpression): void {
  const cost = openCosts.find((each) => each === use.cost)
  if (cost === undefined) return
  const of = use.variant === 'effective' ? effectiveCostOf : openCostOf
  of(network, cost, printed(use), use.convention)
}

function printed({ cost, variant, convention }: CostExpression): string {
  return `${cost}${convention === undefined ? '' : `(${convention})`}${variant === undefined ? '' : `.${variant}`}`
}
