import type * as Cst from '../../../../grammar/generated/cst.js'
import type {
  ComponentClauseWord,
  DeriveClause,
  Expression,
  SuppliedSettings,
  PhraseTail,
  SearchClause,
  SearchDeclaration,
  Setting,
  Settings,
  SettingsDeclaration,
  TrainClause,
} from '../ast.js'
import { coverSpans } from '../../text/source.js'
import { buildName, docOf, optionalProperty, many, one, optionalName, spanOfNode, type BuildContext } from './common.js'
import { buildExpression, buildNamedPhrase, buildPhrase } from './expression.js'
import { buildDecisionPath, buildLet } from './member.js'
import { buildRewrites } from './space.js'

export function buildSearch(context: BuildContext, node: Cst.SearchDeclarationCstNode, at: number): SearchDeclaration {
  const span = spanOfNode(node, at)
  return {
    kind: 'search',
    span,
    ...docOf(context, span),
    name: buildName(one(node.children.name), span.end),
    space: buildName(one(node.children.space), span.end),
    ...optionalProperty('like', optionalName(one(node.children.like))),
    rewrites: buildRewrites(context, one(node.children.rewrites), span.end),
    clauses: many(node.children.clauses).flatMap((clause) => buildClause(context, clause, span.end) ?? []),
  }
}

const componentWords: ReadonlyMap<string, ComponentClauseWord> = new Map(
  (['sample', 'teacher', 'views', 'score'] as const).map((word) => [word, word]),
)

function buildClause(context: BuildContext, node: Cst.SearchClauseCstNode, at: number): SearchClause | undefined {
  const { children } = node
  const span = spanOfNode(node, at)
  const phrases = (list: Cst.PhrasesCstNode | undefined): Expression[] =>
    many(list?.children.phrases).map((phrase) => buildPhrase(context, phrase, span.end))

  const setting = one(children.setting)
  if (setting !== undefined) return buildSetting(context, setting, at)
  const relax = one(children.relaxClause)
  if (relax !== undefined) return buildRelax(context, relax, at)
  const cells = one(children.cellsClause)
  if (cells !== undefined) return { kind: 'cells', span, placements: phrases(one(cells.children.phrases)) }
  const share = one(children.shareClause)
  if (share !== undefined) {
    return { kind: 'share', span, what: many(share.children.what).map((token) => buildName(token, span.end)) }
  }
  const component = one(children.componentClause)
  if (component !== undefined) return buildComponentClause(context, component, at)
  const minimise = one(children.minimiseClause)
  if (minimise !== undefined) return { kind: 'minimise', span, objectives: phrases(one(minimise.children.phrases)) }
  const train = one(children.trainClause)
  if (train !== undefined) return buildTrain(context, train, at)
  const validate = one(children.validateClause)
  if (validate !== undefined) {
    return { kind: 'validate', span, share: buildExpression(context, one(validate.children.share), span.end) }
  }
  const derive = one(children.deriveClause)
  if (derive !== undefined) return buildDerive(context, derive, at)
  const predictor = one(children.predictorClause)
  if (predictor !== undefined) return buildPredictor(context, predictor, at)
  const retrain = one(children.retrainClause)
  if (retrain !== undefined) {
    return { kind: 'retrain', span, ...buildSuppliedSettings(context, one(retrain.children.settingsOrName), span.end) }
  }
  const scale = one(children.scaleClause)
  if (scale !== undefined) {
    return {
      kind: 'scale',
      span,
      ...docOf(context, span),
      name: buildName(one(scale.children.name), span.end),
      ...buildSuppliedSettings(context, one(scale.children.settingsOrName), span.end),
    }
  }
  const constant = one(children.letDeclaration)
  return constant && buildLet(context, constant, at)
}

function buildRelax(context: BuildContext, node: Cst.RelaxClauseCstNode, at: number): SearchClause {
  const span = spanOfNode(node, at)
  const temperature = one(node.children.temperature)
  return {
    kind: 'relax',
    span,
    relaxations: many(node.children.relaxations).map((entry) => {
      const entrySpan = spanOfNode(entry, span.end)
      return {
        kind: 'relaxation',
        span: entrySpan,
        targets: many(entry.children.targets).map((target) => buildDecisionPath(context, target, entrySpan.end)),
        by: buildExpression(context, one(entry.children.by), entrySpan.end),
      }
    }),
    ...optionalProperty('temperature', temperature && buildExpression(context, temperature, span.end)),
  }
}

function buildComponentClause(
  context: BuildContext,
  node: Cst.ComponentClauseCstNode,
  at: number,
): SearchClause | undefined {
  const span = spanOfNode(node, at)
  const clause = componentWords.get(one(node.children.clause)?.image ?? '')
  const value = one(node.children.phrase)
  return clause && { kind: 'component-clause', span, clause, value: buildPhrase(context, value, span.end) }
}

function buildPredictor(context: BuildContext, node: Cst.PredictorClauseCstNode, at: number): SearchClause {
  const span = spanOfNode(node, at)
  const qualifiers = many(node.children.qualifiers)
  const value = buildPhrase(context, one(node.children.phrase), span.end)
  const tails = qualifiers.map((qualifier): PhraseTail => {
    const { word, value: of } = qualifier.children
    const at = spanOfNode(qualifier, span.end)
    return {
      kind: 'tail',
      span: at,
      word: buildName(one(word), at.start),
      value: buildExpression(context, one(of), at.end),
    }
  })
  return {
    kind: 'predictor',
    span,
    name: buildName(one(node.children.name), span.end),
    value: withTails(value, tails),
    to: qualifiers.flatMap(({ children: { what } }) => many(what).map((token) => buildName(token, span.end))),
  }
}

function withTails(value: Expression, tails: readonly PhraseTail[]): Expression {
  const last = tails.at(-1)
  if (last === undefined) return value
  const { head, tails: first } = value.kind === 'phrase' ? value : { head: value, tails: [] }
  return { kind: 'phrase', span: coverSpans(head.span, last.span), head, tails: [...first, ...tails] }
}

function buildTrain(context: BuildContext, node: Cst.TrainClauseCstNode, at: number): TrainClause {
  const span = spanOfNode(node, at)
  const share = one(node.children.share)
  return {
    kind: 'train',
    span,
    variables: buildName(one(node.children.variables), span.end),
    ...optionalProperty('share', share && buildExpression(context, share, span.end)),
    settings: buildSettings(context, one(node.children.settings), span.end),
    ...optionalProperty('per', optionalName(one(node.children.per))),
  }
}

/** The tails `except …` of the rules are taken out: they speak of the whole clause. */
function buildDerive(context: BuildContext, node: Cst.DeriveClauseCstNode, at: number): DeriveClause {
  const span = spanOfNode(node, at)
  const except: Expression[] = []
  const rules = many(node.children.rules).map((rule): Expression => {
    const built = buildPhrase(context, rule, span.end)
    if (built.kind !== 'phrase') return built
    const tails: PhraseTail[] = []
    for (const tail of built.tails) {
      if (tail.word.text === 'except' && tail.value !== undefined) except.push(tail.value)
      else tails.push(tail)
    }
    const last = tails.at(-1)
    return last === undefined ? built.head : { ...built, span: coverSpans(built.head.span, last.span), tails }
  })
  return { kind: 'derive', span, rules, except }
}

/** Where neither a name nor a block could be read, a block without items stands in the hole. */
function buildSuppliedSettings(
  context: BuildContext,
  node: Cst.SettingsOrNameCstNode | undefined,
  at: number,
): SuppliedSettings {
  const named = optionalName(one(node?.children.named))
  const block = one(node?.children.settings)
  return {
    ...optionalProperty('named', named),
    ...(named !== undefined && block === undefined ? {} : { settings: buildSettings(context, block, at) }),
  }
}

export function buildSettingsDeclaration(
  context: BuildContext,
  node: Cst.SettingsDeclarationCstNode,
  at: number,
): SettingsDeclaration {
  const span = spanOfNode(node, at)
  return {
    kind: 'settings-declaration',
    span,
    ...docOf(context, span),
    name: buildName(one(node.children.name), span.end),
    settings: buildSettings(context, one(node.children.settings), span.end),
  }
}

function buildSettings(context: BuildContext, node: Cst.SettingsCstNode | undefined, at: number): Settings {
  const span = spanOfNode(node, at)
  return {
    kind: 'settings',
    span,
    items: many(node?.children.items).map((item) => buildSetting(context, item, span.end)),
  }
}

function buildSetting(context: BuildContext, node: Cst.SettingCstNode, at: number): Setting {
  const span = spanOfNode(node, at)
  const override = one(node.children.overrideSetting)
  if (override !== undefined) {
    return {
      kind: 'override-setting',
      span,
      name: buildName(one(override.children.name), span.start),
      value: buildExpression(context, one(override.children.value), span.end),
    }
  }
  const block = one(node.children.blockSetting)
  if (block !== undefined) {
    return {
      kind: 'block-setting',
      span,
      name: buildName(one(block.children.name), span.start),
      ...buildSuppliedSettings(context, one(block.children.settingsOrName), span.end),
    }
  }
  const phrase = one(node.children.phrase)
  const named = buildNamedPhrase(context, phrase, at)
  return named === undefined
    ? { kind: 'expression-setting', span, value: buildPhrase(context, phrase, span.end) }
    : { kind: 'value-setting', span, ...named }
}
