import { buildNetwork, relaxedBinding, resolveParams, type Decision } from '../../space/index.js'
import { closestClause } from '../../space/binding/clause-target.js'
import { contestedEdges } from '../../space/network/contested-edges.js'
import { childrenOf } from '../../space/expressions/children.js'
import { evaluateIn, rootEnvironment } from '../../space/evaluation/evaluate.js'
import { definitionsOf } from '../../space/expressions/definitions.js'
import type { ComponentExpression, Expression } from '../../ir/model/expression.js'
import type { Ir } from '../../ir/model/ir.js'
import type { ComponentNeed, IrSearch } from '../../ir/model/search.js'
import type { Report } from '../diagnostics/report.js'
import type { LoweredProgram } from '../lower/lower.js'
import { reportedAt } from './clause-targets.js'
import { binds, componentOf } from './component-of.js'

/** Objectives that are zero whatever is trained, because space or search lacks what they are about. */
export function checkComponentNeeds(
  ir: Ir,
  search: IrSearch,
  decisions: readonly Decision[],
  program: Pick<LoweredProgram, 'provenance' | 'takenOver'>,
  report: Report,
): void {
  for (const use of componentsIn(ir, search.minimise)) {
    const component = componentOf(ir, use)
    const [lack] = (component?.needs ?? [])
      .filter((need) => isAsked(ir, need, use))
      .flatMap((need) => lackOf(ir, need, search, decisions) ?? [])
    const place = reportedAt(program, use)
    if (component === undefined || lack === undefined || place === undefined) continue
    const { reason, help } = lack
    report.add('vanishing-objective', place.location, { what: component.name, reason }, { help, labels: place.labels })
  }
}

function componentsIn(ir: Ir, expression: Expression): readonly ComponentExpression[] {
  if (expression.kind === 'constant') {
    const constant = definitionsOf(ir).constants.get(expression.id)
    return constant === undefined ? [] : componentsIn(ir, constant.value)
  }
  const inside = childrenOf(expression).flatMap((child) => componentsIn(ir, child))
  return expression.kind === 'component' ? [expression, ...inside] : inside
}

/** Whether a component needs it under its arguments. */
function isAsked(ir: Ir, { when }: ComponentNeed, use: ComponentExpression): boolean {
  if (when === undefined) return true
  const environment = rootEnvironment(ir, resolveParams(ir, {}))
  const parameters = componentOf(ir, use)?.parameters ?? []
  const locals = parameters.flatMap(({ name, default: usual }) => {
    const expression = use.arguments[name] ?? usual
    return expression === undefined ? [] : [[name, { kind: 'delayed', expression, environment }] as const]
  })
  return evaluateIn({ ...environment, locals: Object.fromEntries(locals) }, when) === true
}

/** What is missing of what a component needs, in words. */
function lackOf(
  ir: Ir,
  { what }: ComponentNeed,
  search: IrSearch,
  decisions: readonly Decision[],
): { readonly reason: string; readonly help: string } | undefined {
  switch (what) {
    case 'none': {
      const params = resolveParams(ir, {})
      const network = buildNetwork(ir, search.space, { params, binding: relaxedBinding, mode: 'shared' })
      if (contestedEdges(network).length > 0) return undefined
      return {
        reason: 'on no edge that a node may take is there an operation that makes zeros beside others',
        help: 'Take it out, or add `none` to the candidates of the edges.',
      }
    }
    case 'gates': {
      const isGated = (decision: Decision): boolean => {
        const by = closestClause(search.relax, decision)?.by
        return by !== undefined && binds(ir, by, 'gates')
      }
      if (decisions.some(isGated)) return undefined
      return {
        reason: 'no relaxation of the search leaves a chance to sets of inputs that a node may not take',
        help: 'Take it out, or relax the inputs each by itself: `relax from by gates`.',
      }
    }
  }
}
