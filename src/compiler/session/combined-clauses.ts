import { targetedDecisions, type Decision } from '../../space/index.js'
import { closestClause, isConnection } from '../../space/binding/clause-target.js'
import { definitionsOf } from '../../space/expressions/definitions.js'
import { childrenOf } from '../../space/expressions/children.js'
import type { Expression } from '../../ir/model/expression.js'
import type { Ir } from '../../ir/model/ir.js'
import type { IrComponent, IrSearch } from '../../ir/model/search.js'
import type { Report } from '../diagnostics/report.js'
import type { LoweredProgram } from '../lower/lower.js'
import { clausesWithoutSupernet } from './clauses-without-supernet.js'
import { binds, componentOf } from './component-of.js'
import { reportContradiction, type Contradiction } from './report-contradiction.js'

type Program = Pick<LoweredProgram, 'provenance' | 'takenOver'>

/**
 * What components say of each other by `binds`: weights that become zero are of connections, and whoever speaks of such weights needs
 * some; cells can run what is derived only where the supernet is trained whole; networks of a step are picked by what is known there.
 */
export function checkCombinedClauses(
  ir: Ir,
  search: IrSearch,
  decisions: readonly Decision[],
  program: Program,
  report: Report,
): void {
  const found = [
    ...sparseRelaxations(ir, search, decisions),
    ...sparseDerivations(ir, search, decisions),
    ...sparseObjectives(ir, search),
    ...placementsBesidePaths(ir, search),
    ...picksOfSteps(ir, search),
    ...clausesWithoutSupernet(ir, search, program),
  ]
  for (const each of found) reportContradiction(program, each, report)
}

function sparseRelaxations(ir: Ir, { relax }: IrSearch, decisions: readonly Decision[]): readonly Contradiction[] {
  return relax.flatMap((relaxation) => {
    const { target, by } = relaxation
    if (!binds(ir, by, 'sparse')) return []
    const other = targetedDecisions(target, decisions).find(
      (decision) => closestClause(relax, decision) === relaxation && !isConnection(decision),
    )
    if (other === undefined) return []
    const name = componentOf(ir, by)?.name ?? ''
    const reason = `${name} weighs connections such as \`sep_conv(3) of s0\`, and ${other.path} is a choice of ${other.kind}`
    return [{ parts: [by, relaxation], what: `${target} by ${name}`, reason }]
  })
}

function sparseDerivations(
  ir: Ir,
  { derive, relax }: IrSearch,
  decisions: readonly Decision[],
): readonly Contradiction[] {
  return derive.rules.flatMap((rule): readonly Contradiction[] => {
    if (!binds(ir, rule.by, 'sparse')) return []
    const name = componentOf(ir, rule.by)?.name ?? ''
    const contradiction = (reason: string): readonly Contradiction[] => [{ parts: [rule.by, rule], what: name, reason }]
    for (const decision of targetedDecisions(rule.target ?? 'all', decisions)) {
      const by = closestClause(relax, decision)?.by
      if (by === undefined || !binds(ir, by, 'sparse'))
        return contradiction(`no weight of ${decision.path} becomes zero: \`relax\` it so that some do`)
      const { least, most } = decision.arity ?? { least: 1, most: 1 }
      if (least > 1 || most < decision.options.length)
        return contradiction(
          `${decision.path} takes ${least === most ? String(least) : `${String(least)} to ${String(most)}`}, and any number may be left: \`any 1.. of\``,
        )
    }
    return []
  })
}

/** An objective about weights that become zero, where none does. */
function sparseObjectives(ir: Ir, { minimise, relax }: IrSearch): readonly Contradiction[] {
  if (relax.some(({ by }) => binds(ir, by, 'sparse'))) return []
  const found: Contradiction[] = []
  const visit = (expression: Expression, around: readonly object[]): void => {
    const parts = [expression, ...around]
    if (binds(ir, expression, 'sparse')) {
      const what = componentOf(ir, expression)?.name ?? ''
      found.push({ parts, what, reason: 'no relaxation has weights that become zero' })
      return
    }
    for (const child of childrenOf(expression)) visit(child, parts)
  }
  visit(minimise, [])
  return found
}

/** Copies of cells can be told apart only in a supernet that is trained whole. */
function placementsBesidePaths(ir: Ir, { cells, sample }: IrSearch): readonly Contradiction[] {
  const [first] = cells
  if (first === undefined || sample === undefined || binds(ir, sample, 'relaxed')) return []
  const name = componentOf(ir, sample)?.name ?? ''
  const reason = `\`sample ${name}\` trains paths, in which every copy of a cell is what is drawn`
  return [{ parts: [first], what: '`cells`', reason }]
}

/** A derivation in a sampler picks a network of a step: it has one look at each, on the images of the step. */
function picksOfSteps(ir: Ir, { sample }: IrSearch): readonly Contradiction[] {
  const found: Contradiction[] = []
  const visit = (expression: Expression, parts: readonly object[]): void => {
    const component = componentOf(ir, expression)
    const reason = component && whyNoPick(component)
    if (reason !== undefined) {
      found.push({ parts, what: component?.name ?? '', reason })
      return
    }
    for (const child of writtenIn(ir, expression)) visit(child, [child, ...parts])
    // What a component takes by default stands where that is used.
    for (const usual of defaultsOf(ir, expression)) visit(usual, parts)
  }
  if (sample !== undefined) visit(sample, [sample])
  return found
}

function whyNoPick({ kind, binding }: IrComponent): string | undefined {
  if (kind === 'derivation' && binding !== 'drawn')
    return 'a network of a step is picked of some that are drawn for it: `best of 3 by batch_loss`'
  if (kind === 'score' && binding !== 'batch')
    return 'a network of a step is picked by what is seen of it on the images of the step: `by batch_loss`'
  return undefined
}

function writtenIn(ir: Ir, expression: Expression): readonly Expression[] {
  if (expression.kind !== 'constant') return childrenOf(expression)
  const constant = definitionsOf(ir).constants.get(expression.id)
  return constant === undefined ? [] : [constant.value]
}

/** Of the parameters of a component that nothing is given for. */
function defaultsOf(ir: Ir, expression: Expression): readonly Expression[] {
  if (expression.kind !== 'component') return []
  const parameters = componentOf(ir, expression)?.parameters ?? []
  return parameters.flatMap(({ name, default: usual }) =>
    expression.arguments[name] === undefined && usual !== undefined ? [usual] : [],
  )
}
