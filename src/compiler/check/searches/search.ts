import type { TypeName } from '../../../ir/model/operation.js'
import type { SearchSymbol } from '../../names/symbol.js'
import type * as ast from '../../syntax/ast.js'
import { locationOf, type Checker } from '../checker.js'
import { checkCombinations } from './combinations.js'
import { expectType, inferLet } from '../expressions/expression.js'
import { uniqueClauses, type UniqueClauses } from '../declarations/unique-clauses.js'
import { checkKnownWord } from '../declarations/known-word.js'
import { checkRewrites } from '../declarations/rewrite.js'
import { checkSetting, checkSettings } from './settings.js'
import { structureBehind } from '../declarations/space-structure.js'

export const variables = ['weights', 'choices', 'predictor'] as const
export type Variables = (typeof variables)[number]

export function checkSearch(outer: Checker, symbol: SearchSymbol): void {
  const checker: Checker = { ...outer, hasContext: false }
  const search = symbol.declaration
  checkRewrites(checker, search.rewrites)
  const clauses = uniqueClauses<ast.SearchClause>(checker)
  for (const clause of search.clauses) {
    // Names that are declared twice were reported when they were bound.
    if (clause.kind !== 'let' && clause.kind !== 'predictor') clauses.add(keyOf(clause), clause)
    checkClause(checker, clause)
  }
  checkComplete(checker, search, clauses)
  const structure = structureBehind(checker, symbol)
  if (structure !== undefined) checkCombinations(checker, search, structure)
}

/** Clauses with the same key exclude each other. */
function keyOf(clause: Exclude<ast.SearchClause, ast.LetDeclaration | ast.PredictorClause>): string {
  switch (clause.kind) {
    case 'component-clause':
      return clause.clause
    case 'train':
      return `train ${clause.variables.text}`
    case 'scale':
      return `scale ${clause.name.text}`
    case 'override-setting':
    case 'value-setting':
    case 'block-setting':
      return clause.name.text
    case 'expression-setting':
      return `expression ${clause.span.start}`
    default:
      return clause.kind
  }
}

const kinds: Readonly<Record<ast.ComponentClauseWord, TypeName>> = {
  sample: 'sampler',
  teacher: 'teacher',
  views: 'views',
  score: 'score',
}

function checkClause(checker: Checker, clause: ast.SearchClause): void {
  switch (clause.kind) {
    case 'relax':
      checkRelax(checker, clause)
      return
    case 'cells':
      for (const placement of clause.placements) expectType(checker, placement, { type: 'cells' })
      return
    case 'component-clause':
      expectType(checker, clause.value, { type: kinds[clause.clause] })
      return
    case 'minimise':
      for (const objective of clause.objectives) expectType(checker, objective, { type: 'objective' })
      return
    case 'train':
      checkTrain(checker, clause)
      return
    case 'derive':
      for (const rule of clause.rules) expectType(checker, derivationOf(rule).by, { type: 'derivation' })
      for (const exception of clause.except)
        expectType({ ...checker, hasContext: true }, exception, { type: 'operation' })
      return
    case 'predictor':
      expectType(checker, clause.value, { type: 'predictor' })
      for (const word of clause.to) {
        checkKnownWord(checker, word, ['measurements'])
      }
      return
    case 'retrain':
      checkSettings(checker, clause.settings, { blocks: [] })
      return
    case 'scale':
      checkSettings(checker, clause.settings, { blocks: ['retrain'] })
      return
    case 'let':
      inferLet(checker, clause)
      return
    case 'share':
      return
    case 'expression-setting':
      if (clause.value.kind !== 'missing') checker.report.add('stray-expression', locationOf(checker, clause), {})
      return
    default:
      checkSetting(checker, clause, { blocks: [] })
  }
}

function checkRelax(checker: Checker, clause: ast.RelaxClause): void {
  const seen = new Map<string, ast.Path>()
  for (const { targets, by } of clause.relaxations) {
    expectType(checker, by, { type: 'relaxation' })
    for (const target of targets) {
      const key = textOf(target)
      const first = seen.get(key)
      if (first === undefined) seen.set(key, target)
      else {
        checker.report.add(
          'relaxed-twice',
          locationOf(checker, target),
          { what: key },
          {
            labels: [{ ...locationOf(checker, first), text: 'relaxed here first' }],
          },
        )
      }
    }
  }
  if (clause.temperature !== undefined) expectType(checker, clause.temperature, { type: 'schedule' })
}

/** A path as it is written, without spaces. */
export function textOf(path: ast.Path): string {
  const steps = path.steps.map((step) =>
    step.kind === 'path-field'
      ? `.${step.name.text}${step.arguments === undefined ? '' : '(…)'}`
      : step.index.kind === 'number'
        ? `[${step.index.value}]`
        : '[…]',
  )
  return path.head.text + steps.join('')
}

function checkTrain(checker: Checker, clause: ast.TrainClause): void {
  const { variables: name, share, per } = clause
  checkKnownWord(checker, name, variables)
  if (share !== undefined) expectType(checker, share, { type: 'real' })
  if (per !== undefined) checkKnownWord(checker, per, ['epoch'])
  checkSettings(checker, clause.settings, { optimiser: name.text, blocks: [] })
}

/** `argmax of from`: what is derived, and by what. */
export function derivationOf(rule: ast.Expression): { readonly by: ast.Expression; readonly target?: ast.Name } {
  if (rule.kind !== 'phrase') return { by: rule }
  const tail = rule.tails.find(({ word, value }) => word.text === 'of' && value?.kind === 'name-expression')
  if (tail?.value?.kind !== 'name-expression' || rule.tails.length > 1) return { by: rule }
  return { by: rule.head, target: tail.value.name }
}

const neededClauses = {
  minimise: 'minimise cross_entropy',
  derive: 'derive argmax',
  'train weights': 'train weights { sgd(lr: 0.025, momentum: 0.9) }',
} as const

function checkComplete(
  checker: Checker,
  search: ast.SearchDeclaration,
  clauses: UniqueClauses<ast.SearchClause>,
): void {
  if (search.name.missing) return
  for (const [clause, example] of Object.entries(neededClauses)) {
    if (clauses.get(clause) !== undefined) continue
    checker.report.add(
      'search-without',
      locationOf(checker, search.name),
      { name: search.name.text, clause },
      {
        help: `Add it, for example: \`${example}\`.`,
      },
    )
  }
}
