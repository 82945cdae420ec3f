import {
  bindingWords,
  componentKinds,
  componentNeedNames,
  settingPlaces,
  type ComponentKind,
} from '../../../ir/model/search.js'
import { conventionNamed } from '../../../space/cost/convention.js'
import { suggest } from '../../diagnostics/suggest.js'
import { describeSymbol, type ComponentSymbol, type PrimitiveSymbol } from '../../names/symbol.js'
import type * as ast from '../../syntax/ast.js'
import { locationOf, type Checker } from '../checker.js'
import { expectType } from '../expressions/expression.js'
import { checkConvention } from '../expressions/convention.js'
import { placesNamed } from './setting-places.js'
import { checkParameters } from './parameters.js'
import { uniqueClauses } from './unique-clauses.js'

/** What a derivation selects that judges whole architectures, in place of a number of inputs. */
export const wholeArchitectures = 'architectures'

export const outFields = ['height', 'width', 'channels'] as const
export const weightRoles = ['kernel', 'bias', 'scale', 'shift'] as const
export const weightInits = ['he_normal', 'he_uniform', 'linear_uniform', 'zeros', 'ones'] as const

/** Checks a primitive operation or a search component and what is said of it. */
export function checkExtern(outer: Checker, symbol: PrimitiveSymbol | ComponentSymbol): void {
  const checker: Checker = { ...outer, hasContext: true }
  const { declaration } = symbol
  checkParameters(checker, declaration.parameters)
  checkPlaces(checker, symbol)
  const stray = declaration.rules.find((rule) => !ownersOf(rule).includes(kindOf(symbol)))
  if (stray !== undefined) {
    const rule = { name: symbol.name, found: describeSymbol(symbol) }
    const owner = ownersOf(stray).join(' or ')
    if (owner === 'op') checker.report.add('rules-without-operation', locationOf(checker, stray), rule)
    else checker.report.add('misplaced-rule', locationOf(checker, stray), { ...rule, rule: stray.kind, owner })
    return
  }
  const said = uniqueClauses<ast.SyntaxNode<string>>(checker)
  for (const rule of declaration.rules) {
    for (const [clause, item] of clausesOf(rule)) said.add(clause, item)
    checkRule(checker, rule, symbol)
  }
}

/** A setting says where it may stand; nothing else does, and what the runtime lacks is a component. */
function checkPlaces(checker: Checker, symbol: PrimitiveSymbol | ComponentSymbol): void {
  const { name, places, planned } = symbol.declaration
  const found = describeSymbol(symbol)
  const [first] = places
  if (symbol.kind !== 'component' && planned !== undefined) {
    const rule = { rule: 'planned', owner: 'component', name: symbol.name, found }
    checker.report.add('misplaced-rule', locationOf(checker, planned), rule)
  }
  if (kindOf(symbol) !== 'setting') {
    if (first === undefined) return
    checker.report.add('misplaced-rule', locationOf(checker, first), {
      rule: 'in',
      owner: 'setting',
      name: symbol.name,
      found,
    })
    return
  }
  if (first === undefined) {
    checker.report.add('setting-without-place', locationOf(checker, name), { name: symbol.name })
    return
  }
  const said = uniqueClauses<ast.SettingPlace>(checker)
  for (const place of places) {
    if (place.clause.missing || place.variables?.missing) continue
    const named = [place.clause, place.variables].flatMap((word) => word?.text ?? []).join(' ')
    if (placesNamed(place).length === 0) {
      const known = ['train', ...settingPlaces]
      const location = locationOf(checker, place)
      const near = suggest(named, known, location)
      const notes = [`known: ${known.join(', ')}`]
      checker.report.add('unknown-rule-part', location, { what: 'place', name: named }, { notes, ...near })
      continue
    }
    for (const each of placesNamed(place)) said.add(each, place)
  }
}

/** What a rule says that may be said once, by what it is about: all of `out`, and no `require`. */
function clausesOf(rule: ast.ExternRule): readonly (readonly [clause: string, item: ast.SyntaxNode<string>])[] {
  switch (rule.kind) {
    case 'require':
      return []
    case 'out':
      return rule.assignments.map((assignment) => [`out.${assignment.path.head.text}`, assignment])
    case 'weight':
      return [[`weight ${rule.name.text}`, rule]]
    case 'cost':
      return [[`cost ${conventionNamed(rule.convention.text) ?? rule.convention.text}`, rule]]
    case 'macs':
    case 'binds':
    case 'selects':
      return [[rule.kind, rule]]
    case 'needs':
      return [[`needs ${rule.what.text}`, rule]]
  }
}

/** What kinds of declaration have a rule: operations have all but those that say how a component fits a space. */
function ownersOf(rule: ast.ExternRule): readonly (ComponentKind | 'op')[] {
  switch (rule.kind) {
    case 'binds':
      return componentKinds.filter((kind) => wordsOf(kind).length > 0)
    case 'selects':
      return ['derivation']
    case 'needs':
      return ['objective', 'score']
    default:
      return ['op']
  }
}

/** What may stand behind `binds`. */
function wordsOf(kind: ComponentKind | 'op'): readonly string[] {
  const words: Partial<Record<string, readonly string[]>> = bindingWords
  return words[kind] ?? []
}

function kindOf(symbol: PrimitiveSymbol | ComponentSymbol): ComponentKind | 'op' {
  return symbol.kind === 'component' ? symbol.component : 'op'
}

function checkRule(checker: Checker, rule: ast.ExternRule, symbol: PrimitiveSymbol | ComponentSymbol): void {
  const { parameters } = symbol.declaration
  switch (rule.kind) {
    case 'require':
      expectType(checker, rule.test, { type: 'bool' })
      return
    case 'out':
      for (const { path, value } of rule.assignments) {
        checkWord(checker, path.head, outFields, 'size')
        expectType(checker, value, { type: 'int' })
      }
      return
    case 'weight':
      for (const size of rule.shape) expectType(checker, size, { type: 'int' })
      if (rule.role !== undefined) checkWord(checker, rule.role, weightRoles, 'role of weights')
      if (rule.init !== undefined) checkWord(checker, rule.init, weightInits, 'initialisation')
      if (rule.when !== undefined) expectType(checker, rule.when, { type: 'bool' })
      return
    case 'cost':
      if (!rule.convention.missing) checkConvention(checker, rule.convention, rule.convention.text)
      expectType(checker, rule.value, { type: 'real' })
      return
    case 'macs':
      expectType(checker, rule.value, { type: 'real' })
      return
    case 'binds':
      checkWord(checker, rule.binding, wordsOf(kindOf(symbol)), 'binding')
      return
    case 'selects':
      checkWord(checker, rule.count, [...parameters.map(({ name }) => name.text), wholeArchitectures], 'parameter')
      return
    case 'needs':
      if (kindOf(symbol) === 'score') checkWord(checker, rule.what, namesOfStrings(parameters), 'parameter')
      else checkWord(checker, rule.what, componentNeedNames, 'need')
      if (rule.when !== undefined) expectType(checker, rule.when, { type: 'bool' })
  }
}

/** A score needs the file that one of these names. */
function namesOfStrings(parameters: readonly ast.Parameter[]): readonly string[] {
  return parameters.flatMap(({ name, type }) => (type?.text === 'string' ? [name.text] : []))
}

function checkWord(checker: Checker, word: ast.Name, known: readonly string[], what: string): void {
  if (word.missing || known.includes(word.text)) return
  const location = locationOf(checker, word)
  checker.report.add(
    'unknown-rule-part',
    location,
    { what, name: word.text },
    {
      notes: [`known: ${known.join(', ')}`],
      ...suggest(word.text, known, location),
    },
  )
}
