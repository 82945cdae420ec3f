import type { Expression } from '../../ir/model/expression.js'
import type { Derivation, IrSearch, Relaxation, Settings, Training } from '../../ir/model/search.js'
import { derivationOf, textOf, variables } from '../check/searches/search.js'
import type { SearchSymbol } from '../names/symbol.js'
import type * as ast from '../syntax/ast.js'
import { lowerExpression } from './expression.js'
import { from, labelled, type Lowering, type Spot } from './lowering.js'
import { docOf } from './reach.js'
import { lowerSettings } from './settings.js'
import { spaceIdOf } from './space.js'

export function lowerSearch(lowering: Lowering, symbol: SearchSymbol): IrSearch {
  const { declaration } = symbol
  const space = spaceIdOf(lowering, symbol)
  const spot: Spot = { lowering, file: symbol.place.file, variant: undefined, label: symbol.name }
  const clauses = declaration.clauses
  const component = (word: ast.ComponentClauseWord): Expression | undefined => {
    const clause = clauses.find((each) => each.kind === 'component-clause' && each.clause === word)
    return clause?.kind === 'component-clause' ? lowerExpression(labelled(spot, word), clause.value) : undefined
  }
  const cells = clauses.find((clause) => clause.kind === 'cells')
  const share = clauses.find((clause) => clause.kind === 'share')
  const derive = clauses.find((clause) => clause.kind === 'derive')
  const predictor = clauses.find((clause) => clause.kind === 'predictor')
  const retrain = clauses.find((clause) => clause.kind === 'retrain')
  if (derive === undefined) throw new Error(`the search ${symbol.name} derives nothing`)
  return from(spot, declaration, {
    name: symbol.name,
    ...docOf(declaration),
    space,
    relax: clauses.filter((clause) => clause.kind === 'relax').flatMap((clause) => lowerRelax(spot, clause)),
    cells: (cells?.placements ?? []).map((placement) => lowerExpression(labelled(spot, 'cells'), placement)),
    share: (share?.what ?? []).map(({ text }) => text),
    minimise: lowerObjective(spot, clauses),
    train: clauses.filter((clause) => clause.kind === 'train').map((clause) => lowerTrain(spot, clause)),
    derive: lowerDerive(spot, derive),
    scales: Object.fromEntries(
      clauses
        .filter((clause) => clause.kind === 'scale')
        .map((clause): [string, Settings] => [clause.name.text, lowerSettings(spot, clause.settings.items)]),
    ),
    settings: lowerSettings(spot, clauses),
    ...optional('sample', component('sample')),
    ...optional('teacher', component('teacher')),
    ...optional('views', component('views')),
    ...optional('score', component('score')),
    ...(predictor === undefined
      ? {}
      : {
          predictor: { name: predictor.name.text, by: lowerExpression(labelled(spot, 'predictor'), predictor.value) },
        }),
    ...(retrain === undefined ? {} : { retrain: lowerSettings(spot, retrain.settings.items) }),
  })
}

function optional<Name extends string>(
  name: Name,
  value: Expression | undefined,
): { readonly [Key in Name]?: Expression } {
  // A computed key widens to an index signature; the object has this one key or none.
  return (value === undefined ? {} : { [name]: value }) as { readonly [Key in Name]?: Expression }
}

/** The temperature of the clause is an argument of every relaxation in it that takes one. */
function lowerRelax(spot: Spot, clause: ast.RelaxClause): readonly Relaxation[] {
  const inner = labelled(spot, 'relax')
  const temperature = clause.temperature === undefined ? undefined : lowerExpression(inner, clause.temperature)
  return clause.relaxations.flatMap(({ targets, by }) => {
    const symbol = spot.lowering.checked.facts.calls.get(by)?.symbol
    const takes = symbol?.declaration.parameters.some(({ name }) => name.text === 'temperature') ?? false
    return targets.map((target) => {
      const lowered = lowerExpression(inner, by)
      const warmed =
        lowered.kind === 'component' && takes && temperature !== undefined && !('temperature' in lowered.arguments)
          ? { ...lowered, arguments: { ...lowered.arguments, temperature } }
          : lowered
      return from(spot, target, { what: textOf(target), by: warmed })
    })
  })
}

/** Several objectives, each `for` its own networks, are a tuple. */
function lowerObjective(spot: Spot, clauses: readonly ast.SearchClause[]): Expression {
  const objectives = clauses.flatMap((clause) => (clause.kind === 'minimise' ? clause.objectives : []))
  const lowered = objectives.map((objective) => lowerExpression(labelled(spot, 'minimise'), objective))
  const [only, ...rest] = lowered
  if (only === undefined) throw new Error('a search without an objective')
  return rest.length === 0 ? only : { kind: 'tuple', items: lowered }
}

function lowerTrain(spot: Spot, clause: ast.TrainClause): Training {
  const optimiser = clause.settings.items.find((item) => item.kind === 'expression-setting')
  const trained = variables.find((name) => name === clause.variables.text)
  if (optimiser === undefined || trained === undefined) throw new Error(`nothing trains ${clause.variables.text}`)
  return from(spot, clause, {
    variables: trained,
    ...optional(
      'share',
      clause.share === undefined ? undefined : lowerExpression(labelled(spot, 'share'), clause.share),
    ),
    optimiser: lowerExpression(labelled(spot, 'optimiser'), optimiser.value),
    perEpoch: clause.per !== undefined,
    settings: lowerSettings(spot, clause.settings.items),
  })
}

function lowerDerive(spot: Spot, clause: ast.DeriveClause): Derivation {
  return from(spot, clause, {
    rules: clause.rules.map((rule) => {
      const { by, of } = derivationOf(rule)
      const lowered = lowerExpression(labelled(spot, 'derive'), by)
      return of === undefined ? { by: lowered } : { by: lowered, of: of.text }
    }),
    except: clause.except.map((exception) => lowerExpression(labelled(spot, 'except'), exception)),
  })
}
