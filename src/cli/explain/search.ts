import { printExpression } from '../../space/index.js'
import type { Expression } from '../../ir/model/expression.js'
import type { Ir } from '../../ir/model/ir.js'
import type { IrSearch, Settings } from '../../ir/model/search.js'
import { paragraph } from './words.js'

/** One clause of a search, and what the components in it mean. */
export interface ExplainedClause {
  readonly clause: string
  readonly says: string
  readonly means: readonly { readonly name: string; readonly doc: string }[]
}

export interface ExplainedSearch {
  readonly search: string
  readonly doc?: string
  readonly space: string
  readonly clauses: readonly ExplainedClause[]
}

export function explainSearch(ir: Ir, search: IrSearch): ExplainedSearch {
  const docs = new Map(ir.components.map(({ id, name, doc }) => [id, { name, doc: paragraph(doc) }]))
  /** Components are explained where they first stand. */
  const explained = new Set<string>()
  const clauses: ExplainedClause[] = []
  const add = (clause: string, says: string, expressions: readonly (Expression | undefined)[]): void => {
    const means = expressions
      .flatMap((expression) => (expression ? componentsIn(expression) : []))
      .flatMap((id) => {
        const component = docs.get(id)
        if (explained.has(id) || component?.doc === undefined) return []
        explained.add(id)
        return [{ name: component.name, doc: component.doc }]
      })
    clauses.push({ clause, says, means })
  }
  const one = (clause: string, expression: Expression | undefined): void => {
    if (expression) add(clause, print(expression), [expression])
  }
  const settings = (clause: string, { params, values, blocks }: Settings, extra: readonly string[] = []): void => {
    const parts = [
      ...extra,
      ...Object.entries(params).map(([name, value]) => `${name} = ${print(value)}`),
      ...Object.values(values).map(print),
    ]
    if (parts.length > 0) add(clause, parts.join(', '), [...Object.values(params), ...Object.values(values)])
    for (const [name, block] of Object.entries(blocks)) settings(`${clause} ${name}`, block)
  }

  for (const { target, by } of search.relax) add('relax', `${target} by ${print(by)}`, [by])
  for (const cells of search.cells) one('cells', cells)
  if (search.share.length > 0) add('share', search.share.join(', '), [])
  one('sample', search.sample)
  one('views', search.views)
  one('minimise', search.minimise)
  one('teacher', search.teacher)
  if (search.predictor)
    add('predictor', `${search.predictor.name} = ${print(search.predictor.by)}`, [search.predictor.by])
  for (const training of search.train) {
    const share = training.share ? ` on ${shareText(training.share)} of the training images` : ''
    const rhythm = training.perEpoch ? ', a whole epoch at a time' : ''
    add('train', `${training.variables}${share} by ${print(training.optimiser)}${rhythm}`, [training.optimiser])
    settings(`train ${training.variables}`, training.settings)
  }
  one('score', search.score)
  if (search.validate) add('validate', `on ${shareText(search.validate)} of the training images`, [search.validate])
  const { rules, except } = search.derive
  const excepted = except.length === 0 ? '' : `; never ${except.map(print).join(', ')}`
  const derived = rules.map(({ by, target }) => `${print(by)}${target === undefined ? '' : ` of ${target}`}`)
  add(
    'derive',
    `${derived.join(', then ')}${excepted}`,
    rules.map(({ by }) => by),
  )
  settings('settings', search.settings)
  if (search.retrain) settings('retrain', search.retrain)
  for (const [name, scale] of Object.entries(search.scales)) settings(`scale ${name}`, scale)
  const doc = paragraph(search.doc)
  return { search: search.name, ...(doc === undefined ? {} : { doc }), space: search.space, clauses }
}

function print(expression: Expression): string {
  return printExpression(expression)
}

function shareText(share: Expression): string {
  return share.kind === 'number' ? `${Number((100 * share.value).toFixed(6))}%` : print(share)
}

/** Ids of the components in an expression, outer ones first. */
function componentsIn(expression: Expression): readonly string[] {
  const found: string[] = []
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit)
    else if (typeof value === 'object' && value !== null) {
      if ('component' in value && typeof value.component === 'string') found.push(value.component)
      Object.values(value).forEach(visit)
    }
  }
  visit(expression)
  return found
}
