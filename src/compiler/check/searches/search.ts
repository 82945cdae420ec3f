import type { TypeName } from '../../../ir/model/operation.js'
import { settingPlaces } from '../../../ir/model/search.js'
import { clausesOf, likenesses, clauseKey, type PlacedClause } from '../../names/clauses.js'
import { pathTextAt } from '../../names/path-text.js'
import type { SearchSymbol } from '../../names/symbol.js'
import type * as ast from '../../syntax/ast.js'
import { locationOf, type Checker } from '../checker.js'
import { checkCombinations } from './combinations.js'
import { derivationOf } from './derivation.js'
import { expectType, inferLet } from '../expressions/expression.js'
import { uniqueClauses } from '../declarations/unique-clauses.js'
import { checkKnownWord } from '../declarations/known-word.js'
import { checkRewrites } from '../declarations/rewrite.js'
import { readsFileAlone } from './judging.js'
import { checkPredictorKept } from './likeness.js'
import {
  checkSuppliedSettings,
  checkSetting,
  checkSettings,
  reportStray,
  retrainRules,
  scaleRules,
} from './settings.js'
import { checkShare, checkShares } from './shares.js'
import { checkValidation } from './validation.js'
import { structureBehind } from '../declarations/space-structure.js'

export const variables = ['weights', 'choices', 'predictor'] as const
export type Variables = (typeof variables)[number]

export function checkSearch(outer: Checker, symbol: SearchSymbol): void {
  const checker: Checker = { ...outer, hasContext: false, isFixed: true }
  const search = symbol.declaration
  checkRewrites(checker, search.rewrites)
  const own = uniqueClauses<ast.SearchClause>(checker)
  for (const clause of search.clauses) {
    const subject = clauseKey(clause)
    if (subject !== undefined && !isNamedTwice(clause, own.get(subject))) own.add(subject, clause)
    checkClause(checker, clause)
  }
  const clauses = clausesOf(checker.program.likeOf, symbol)
  checkComplete(checker, symbol, clauses)
  checkShares(checker, symbol, clauses)
  checkValidation(checker, symbol, clauses)
  checkPredictorKept(checker, symbol, clauses)
  const structure = structureBehind(checker, symbol)
  if (structure !== undefined) checkCombinations(checker, symbol, clauses, structure)
}

/** Names that are declared twice were reported when they were bound. */
function isNamedTwice(clause: ast.SearchClause, first: ast.SearchClause | undefined): boolean {
  return clause.kind === 'predictor' && first?.kind === 'predictor' && clause.name.text === first.name.text
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
      checkMinimise(checker, clause)
      return
    case 'train':
      checkTrain(checker, clause)
      return
    case 'derive':
      for (const rule of clause.rules) expectType(checker, derivationOf(rule).by, { type: 'derivation' })
      for (const exception of clause.except)
        expectType({ ...checker, hasContext: true, isFixed: undefined }, exception, { type: 'operation' })
      return
    case 'predictor':
      expectType(checker, clause.value, { type: 'predictor' })
      for (const word of clause.to) {
        checkKnownWord(checker, word, ['measurements'])
      }
      return
    case 'validate':
      checkShare(checker, clause.share)
      return
    case 'retrain':
      checkSuppliedSettings(checker, clause, retrainRules)
      return
    case 'scale':
      checkSuppliedSettings(checker, clause, scaleRules(clause.name))
      return
    case 'let':
      inferLet(checker, clause)
      return
    case 'share':
      for (const word of clause.what) checkKnownWord(checker, word, ['features'])
      return
    case 'expression-setting':
      reportStray(checker, clause)
      return
    default:
      checkSetting(checker, clause, { block: { place: 'search', called: 'the search' }, blocks: [] })
  }
}

function checkRelax(checker: Checker, clause: ast.RelaxClause): void {
  const seen = new Map<string, ast.Path>()
  for (const { targets, by } of clause.relaxations) {
    expectType(checker, by, { type: 'relaxation' })
    for (const target of targets) {
      const key = pathTextAt(checker.program, checker.file, target.span)
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

function checkTrain(checker: Checker, clause: ast.TrainClause): void {
  const { variables: name, share, per } = clause
  checkKnownWord(checker, name, variables)
  if (share !== undefined) checkShare(checker, share)
  if (per !== undefined) checkKnownWord(checker, per, ['epoch'])
  const place = settingPlaces.find((each) => each === `train ${name.text}`)
  const block = place && { place, called: place }
  checkSettings(checker, clause.settings, { ...(block && { block }), optimiser: name.text, blocks: [] })
}

/** A search that is like none in the end. */
function lacksOrigin({ program: { likeOf } }: Checker, symbol: SearchSymbol): boolean {
  const [origin] = likenesses(likeOf, symbol)
  return origin?.declaration.like !== undefined
}

function checkMinimise(checker: Checker, { objectives }: ast.MinimiseClause): void {
  for (const objective of objectives) expectType(checker, objective, { type: 'objective' })
}

const neededClauses = {
  minimise: 'minimise cross_entropy',
  derive: 'derive argmax',
  'train weights': 'train weights { sgd(lr: 0.025, momentum: 0.9) }',
} as const

function checkComplete(checker: Checker, symbol: SearchSymbol, clauses: readonly PlacedClause[]): void {
  const search = symbol.declaration
  if (search.name.missing) return
  // What would be taken over from a search that is not there, or from itself, counts as said.
  if (lacksOrigin(checker, symbol)) return
  const needs = Object.entries(neededClauses)
  // Who reads what architectures came to trains nothing.
  for (const [clause, example] of readsFileAlone(checker, clauses)
    ? needs.filter(([name]) => name === 'derive')
    : needs) {
    if (clauses.some((each) => clauseKey(each.clause) === clause)) continue
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
