import type { Expression } from '../../ir/model/expression.js'
import type { Derivation, IrSearch, Relaxation, Settings, Training } from '../../ir/model/search.js'
import { derivationOf } from '../check/searches/derivation.js'
import { variables } from '../check/searches/search.js'
import { clausesOf, clausesOfKind, type PlacedClause } from '../names/clauses.js'
import { pathTextAt } from '../names/path-text.js'
import type { SearchSymbol } from '../names/symbol.js'
import type * as ast from '../syntax/ast.js'
import { lowerExpression } from './expression.js'
import { from, labelled, type Lowering, type LoweringContext } from './lowering.js'
import { docOf } from './reach.js'
import { mergeSuppliedSettings, lowerSettings, mergedSettings } from './settings.js'
import { spaceIdOf } from './space.js'

export function lowerSearch(lowering: Lowering, symbol: SearchSymbol): IrSearch {
  const { declaration } = symbol
  const space = spaceIdOf(lowering, symbol)
  const context: LoweringContext = { lowering, file: symbol.location.file, variant: undefined, label: symbol.name }
  const clauses = clausesOf(lowering.checked.program.likeOf, symbol)
  /** The context of a clause: that of the search in which it is written. */
  const at = ({ search }: PlacedClause): LoweringContext => ({
    ...context,
    file: search.location.file,
    ...(search !== symbol &&
      declaration.like !== undefined && { takenOver: { file: symbol.location.file, span: declaration.like.span } }),
  })
  const component = (word: ast.ComponentClauseWord): Expression | undefined => {
    const placed = clausesOfKind(clauses, 'component-clause').find(({ clause }) => clause.clause === word)
    return placed && lowerExpression(labelled(at(placed), word), placed.clause.value)
  }
  const [cells] = clausesOfKind(clauses, 'cells')
  const [share] = clausesOfKind(clauses, 'share')
  const [derive] = clausesOfKind(clauses, 'derive')
  const [predictor] = clausesOfKind(clauses, 'predictor')
  const [validate] = clausesOfKind(clauses, 'validate')
  const [minimise] = clausesOfKind(clauses, 'minimise')
  const retrain = clausesOfKind(clauses, 'retrain')
  if (derive === undefined) throw new Error(`the search ${symbol.name} derives nothing`)
  return from(context, declaration, {
    name: symbol.name,
    ...docOf(declaration),
    space,
    relax: clausesOfKind(clauses, 'relax').flatMap((placed) => lowerRelax(at(placed), placed.clause)),
    cells: (cells?.clause.placements ?? []).map((placement) =>
      lowerExpression(labelled(cells ? at(cells) : context, 'cells'), placement),
    ),
    share: (share?.clause.what ?? []).map(({ text }) => text),
    // Nothing is trained where results are read.
    minimise: minimise === undefined ? { kind: 'number', value: 0 } : lowerObjective(at(minimise), minimise.clause),
    train: clausesOfKind(clauses, 'train').map((placed) => lowerTrain(at(placed), placed.clause)),
    derive: lowerDerive(at(derive), derive.clause),
    scales: lowerScales(context, clausesOfKind(clauses, 'scale')),
    settings: mergedSettings(clauses.map((placed) => lowerSettings(at(placed), [placed.clause]))),
    ...optional('sample', component('sample')),
    ...optional('teacher', component('teacher')),
    ...optional('views', component('views')),
    ...optional('score', component('score')),
    ...optional('validate', validate && lowerExpression(labelled(at(validate), 'validate'), validate.clause.share)),
    ...(predictor && {
      predictor: {
        name: predictor.clause.name.text,
        by: lowerExpression(labelled(at(predictor), 'predictor'), predictor.clause.value),
      },
    }),
    ...(retrain.length > 0 && { retrain: mergeSuppliedSettings(context, retrain) }),
  })
}

function lowerScales(
  context: LoweringContext,
  scales: readonly PlacedClause<ast.ScaleClause>[],
): Readonly<Record<string, Settings>> {
  const names = new Set(scales.map(({ clause }) => clause.name.text))
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      mergeSuppliedSettings(
        context,
        scales.filter(({ clause }) => clause.name.text === name),
      ),
    ]),
  )
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
  const { program } = context.lowering.checked
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
      return from(context, target, { target: pathTextAt(program, context.file, target.span), by: warmed })
    })
  })
}

/** Several objectives, each `for` its own networks, are a tuple. */
function lowerObjective(context: LoweringContext, { objectives }: ast.MinimiseClause): Expression {
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
