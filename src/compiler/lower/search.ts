import type { Expression } from '../../ir/model/expression.js'
import type { Derivation, IrSearch, Relaxation, Settings, Training } from '../../ir/model/search.js'
import { derivationOf, textOf, variables } from '../check/searches/search.js'
import type { SearchSymbol } from '../names/symbol.js'
import type * as ast from '../syntax/ast.js'
import { lowerExpression } from './expression.js'
import { from, labelled, type Lowering, type LoweringContext } from './lowering.js'
import { docOf } from './reach.js'
import { lowerSettings } from './settings.js'
import { spaceIdOf } from './space.js'

export function lowerSearch(lowering: Lowering, symbol: SearchSymbol): IrSearch {
  const { declaration } = symbol
  const space = spaceIdOf(lowering, symbol)
  const context: LoweringContext = { lowering, file: symbol.location.file, variant: undefined, label: symbol.name }
  const clauses = declaration.clauses
  const component = (word: ast.ComponentClauseWord): Expression | undefined => {
    const clause = clauses.find((each) => each.kind === 'component-clause' && each.clause === word)
    return clause?.kind === 'component-clause' ? lowerExpression(labelled(context, word), clause.value) : undefined
  }
  const cells = clauses.find((clause) => clause.kind === 'cells')
  const share = clauses.find((clause) => clause.kind === 'share')
  const derive = clauses.find((clause) => clause.kind === 'derive')
  const predictor = clauses.find((clause) => clause.kind === 'predictor')
  const retrain = clauses.find((clause) => clause.kind === 'retrain')
  if (derive === undefined) throw new Error(`the search ${symbol.name} derives nothing`)
  return from(context, declaration, {
    name: symbol.name,
    ...docOf(declaration),
    space,
    relax: clauses.filter((clause) => clause.kind === 'relax').flatMap((clause) => lowerRelax(context, clause)),
    cells: (cells?.placements ?? []).map((placement) => lowerExpression(labelled(context, 'cells'), placement)),
    share: (share?.what ?? []).map(({ text }) => text),
    minimise: lowerObjective(context, clauses),
    train: clauses.filter((clause) => clause.kind === 'train').map((clause) => lowerTrain(context, clause)),
    derive: lowerDerive(context, derive),
    scales: Object.fromEntries(
      clauses
        .filter((clause) => clause.kind === 'scale')
        .map((clause): [string, Settings] => [clause.name.text, lowerSettings(context, clause.settings.items)]),
    ),
    settings: lowerSettings(context, clauses),
    ...optional('sample', component('sample')),
    ...optional('teacher', component('teacher')),
    ...optional('views', component('views')),
    ...optional('score', component('score')),
    ...(predictor === undefined
      ? {}
      : {
          predictor: {
            name: predictor.name.text,
            by: lowerExpression(labelled(context, 'predictor'), predictor.value),
          },
        }),
    ...(retrain === undefined ? {} : { retrain: lowerSettings(context, retrain.settings.items) }),
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
function lowerRelax(context: LoweringContext, clause: ast.RelaxClause): readonly Relaxation[] {
  const inner = labelled(context, 'relax')
  const temperature = clause.temperature === undefined ? undefined : lowerExpression(inner, clause.temperature)
  return clause.relaxations.flatMap(({ targets, by }) => {
    const symbol = context.lowering.checked.facts.calls.get(by)?.symbol
    const takes = symbol?.declaration.parameters.some(({ name }) => name.text === 'temperature') ?? false
    return targets.map((target) => {
      const lowered = lowerExpression(inner, by)
      const warmed =
        lowered.kind === 'component' && takes && temperature !== undefined && !('temperature' in lowered.arguments)
          ? { ...lowered, arguments: { ...lowered.arguments, temperature } }
          : lowered
      return from(context, target, { target: textOf(target), by: warmed })
    })
  })
}

/** Several objectives, each `for` its own networks, are a tuple. */
function lowerObjective(context: LoweringContext, clauses: readonly ast.SearchClause[]): Expression {
  const objectives = clauses.flatMap((clause) => (clause.kind === 'minimise' ? clause.objectives : []))
  const lowered = objectives.map((objective) => lowerExpression(labelled(context, 'minimise'), objective))
  const [only, ...rest] = lowered
  if (only === undefined) throw new Error('a search without an objective')
  return rest.length === 0 ? only : { kind: 'tuple', items: lowered }
}

function lowerTrain(context: LoweringContext, clause: ast.TrainClause): Training {
  const optimiser = clause.settings.items.find((item) => item.kind === 'expression-setting')
  const trained = variables.find((name) => name === clause.variables.text)
  if (optimiser === undefined || trained === undefined) throw new Error(`nothing trains ${clause.variables.text}`)
  return from(context, clause, {
    variables: trained,
    ...optional(
      'share',
      clause.share === undefined ? undefined : lowerExpression(labelled(context, 'share'), clause.share),
    ),
    optimiser: lowerExpression(labelled(context, 'optimiser'), optimiser.value),
    perEpoch: clause.per !== undefined,
    settings: lowerSettings(context, clause.settings.items),
  })
}

function lowerDerive(context: LoweringContext, clause: ast.DeriveClause): Derivation {
  return from(context, clause, {
    rules: clause.rules.map((rule) => {
      const { by, target } = derivationOf(rule)
      const lowered = lowerExpression(labelled(context, 'derive'), by)
      return target === undefined ? { by: lowered } : from(context, target, { by: lowered, target: target.text })
    }),
    except: clause.except.map((exception) => lowerExpression(labelled(context, 'except'), exception)),
  })
}
