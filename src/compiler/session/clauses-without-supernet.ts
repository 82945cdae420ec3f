import { childrenOf } from '../../space/expressions/children.js'
import { definitionsOf } from '../../space/expressions/definitions.js'
import type { Expression } from '../../ir/model/expression.js'
import type { Ir } from '../../ir/model/ir.js'
import type { IrSearch } from '../../ir/model/search.js'
import type { LoweredProgram } from '../lower/lower.js'
import { binds, componentOf } from './component-of.js'
import type { Contradiction } from './report-contradiction.js'

/**
 * Where each architecture is trained by itself, clauses about weights that are shared say nothing. What is taken over from another
 * search may stay: it cannot be taken out.
 */
export function clausesWithoutSupernet(
  ir: Ir,
  search: IrSearch,
  { takenOver }: Pick<LoweredProgram, 'takenOver'>,
): readonly Contradiction[] {
  const judge = judgeOf(ir, search)
  if (judge === undefined || !binds(ir, judge, 'scratch')) return []
  const { relax, sample, cells, teacher, views, train, predictor } = search
  const clauses: readonly { readonly what: string; readonly parts: readonly (object | undefined)[] }[] = [
    ...relax.map((relaxation) => ({ what: `relax ${relaxation.target}`, parts: [relaxation] })),
    { what: 'sample', parts: [sample] },
    { what: 'cells', parts: cells },
    { what: 'teacher', parts: [teacher] },
    { what: 'views', parts: [views] },
    { what: 'predictor', parts: [predictor?.by] },
    ...train.flatMap((training) =>
      training.variables === 'choices' ? [{ what: 'train choices', parts: [training, training.optimiser] }] : [],
    ),
  ]
  const name = componentOf(ir, judge)?.name ?? ''
  const reason = `\`score ${name}\` trains each architecture by itself, and there is no supernet`
  return clauses.flatMap(({ what, parts }): readonly Contradiction[] => {
    const own = parts.flatMap((part) => (part === undefined || takenOver.has(part) ? [] : [part]))
    return own.length === 0 ? [] : [{ parts: own, what: `\`${what}\``, reason, help: 'Take it out.' }]
  })
}

/** What the architectures of a search are judged by: as its derivation says, or else the search. */
function judgeOf(ir: Ir, { derive, score }: IrSearch): Expression | undefined {
  const first = (expressions: readonly Expression[]): Expression | undefined =>
    expressions.map(visit).find((found) => found !== undefined)
  const visit = (expression: Expression): Expression | undefined => {
    if (componentOf(ir, expression)?.kind === 'score') return expression
    if (expression.kind !== 'constant') return first(childrenOf(expression))
    const constant = definitionsOf(ir).constants.get(expression.id)
    return constant && visit(constant.value)
  }
  return first(derive.rules.map(({ by }) => by)) ?? score
}
