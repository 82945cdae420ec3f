import type { TokenType } from 'chevrotain'
import * as t from '../tokens.js'
import { SpaceParser } from './spaces.js'

/** What stands behind the first name of a relaxation. */
const afterRelaxationTarget: readonly TokenType[] = [t.By, t.Comma, t.Dot, t.LeftBracket]

/** Searches: clauses and settings, also those with a name. */
export class SearchParser extends SpaceParser {
  searchDeclaration = this.RULE('searchDeclaration', () => {
    this.CONSUME(t.Search)
    this.CONSUME(t.Name, { LABEL: 'name' })
    this.CONSUME(t.Of)
    this.CONSUME2(t.Name, { LABEL: 'space' })
    this.OPTION(() => {
      this.CONSUME(t.Like)
      this.CONSUME3(t.Name, { LABEL: 'like' })
    })
    this.OPTION2(() => this.SUBRULE(this.rewrites))
    this.CONSUME(t.LeftBrace)
    this.MANY(() => {
      this.OR([
        { ALT: () => this.SUBRULE(this.searchClause, { LABEL: 'clauses' }) },
        { ALT: () => this.CONSUME(t.Semicolon) },
      ])
    })
    this.CONSUME(t.RightBrace)
  })

  searchClause = this.RULE('searchClause', () => {
    this.OR([
      { GATE: () => this.ahead(2) === t.Equals, ALT: () => this.SUBRULE(this.setting) },
      { ALT: () => this.SUBRULE(this.relaxClause), IGNORE_AMBIGUITIES: true },
      { ALT: () => this.SUBRULE(this.cellsClause), IGNORE_AMBIGUITIES: true },
      { ALT: () => this.SUBRULE(this.shareClause), IGNORE_AMBIGUITIES: true },
      { ALT: () => this.SUBRULE(this.componentClause), IGNORE_AMBIGUITIES: true },
      { ALT: () => this.SUBRULE(this.minimiseClause), IGNORE_AMBIGUITIES: true },
      { ALT: () => this.SUBRULE(this.trainClause), IGNORE_AMBIGUITIES: true },
      { ALT: () => this.SUBRULE(this.validateClause), IGNORE_AMBIGUITIES: true },
      { ALT: () => this.SUBRULE(this.deriveClause), IGNORE_AMBIGUITIES: true },
      { ALT: () => this.SUBRULE(this.predictorClause), IGNORE_AMBIGUITIES: true },
      { ALT: () => this.SUBRULE(this.retrainClause), IGNORE_AMBIGUITIES: true },
      { ALT: () => this.SUBRULE(this.scaleClause), IGNORE_AMBIGUITIES: true },
      { ALT: () => this.SUBRULE(this.letDeclaration) },
      { ALT: () => this.SUBRULE2(this.setting), IGNORE_AMBIGUITIES: true },
    ])
  })

  relaxClause = this.RULE('relaxClause', () => {
    this.CONSUME(t.Relax)
    this.SUBRULE(this.relaxation, { LABEL: 'relaxations' })
    this.MANY({
      // `;` also ends clauses: it goes on here only where a further relaxation can be seen.
      GATE: () => this.ahead(1) === t.Comma || afterRelaxationTarget.includes(this.ahead(3)),
      DEF: () => {
        this.OR([{ ALT: () => this.CONSUME(t.Comma) }, { ALT: () => this.CONSUME(t.Semicolon) }])
        this.SUBRULE2(this.relaxation, { LABEL: 'relaxations' })
      },
    })
    this.OPTION(() => {
      this.CONSUME(t.At)
      this.CONSUME(t.Temperature)
      this.SUBRULE(this.expression, { LABEL: 'temperature' })
    })
  })

  relaxation = this.RULE('relaxation', () => {
    this.SUBRULE(this.target, { LABEL: 'targets' })
    this.MANY(() => {
      this.CONSUME(t.Comma)
      this.SUBRULE2(this.target, { LABEL: 'targets' })
    })
    this.CONSUME(t.By)
    this.SUBRULE(this.expression, { LABEL: 'by' })
  })

  /** Decisions: `all`, those of a kind, or a path, which an operation among others of its name may begin: `pick(3).kernel`. */
  target = this.RULE('target', () => {
    this.CONSUME(t.Name, { LABEL: 'head' })
    this.OPTION({ GATE: () => this.isJoined(), DEF: () => this.SUBRULE(this.callArguments) })
    this.MANY(() => this.SUBRULE(this.pathStep, { LABEL: 'steps' }))
  })

  cellsClause = this.RULE('cellsClause', () => {
    this.CONSUME(t.Cells)
    this.SUBRULE(this.phrases)
  })

  phrases = this.RULE('phrases', () => {
    this.SUBRULE(this.phrase, { LABEL: 'phrases' })
    this.MANY(() => {
      this.CONSUME(t.Comma)
      this.SUBRULE2(this.phrase, { LABEL: 'phrases' })
    })
  })

  shareClause = this.RULE('shareClause', () => {
    this.CONSUME(t.Share)
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.CONSUME(t.Name, { LABEL: 'what' }) })
  })

  componentClause = this.RULE('componentClause', () => {
    this.CONSUME(t.ComponentWord, { LABEL: 'clause' })
    this.SUBRULE(this.phrase)
  })

  minimiseClause = this.RULE('minimiseClause', () => {
    this.CONSUME(t.Minimise)
    this.SUBRULE(this.phrases)
  })

  trainClause = this.RULE('trainClause', () => {
    this.CONSUME(t.Train)
    this.CONSUME(t.Name, { LABEL: 'variables' })
    this.OPTION(() => {
      this.CONSUME(t.On)
      this.SUBRULE(this.expression, { LABEL: 'share' })
    })
    this.SUBRULE(this.settings)
    this.OPTION2(() => {
      this.CONSUME(t.Per)
      this.CONSUME(t.Word, { LABEL: 'per' })
    })
  })

  validateClause = this.RULE('validateClause', () => {
    this.CONSUME(t.Validate)
    this.CONSUME(t.On)
    this.SUBRULE(this.expression, { LABEL: 'share' })
  })

  deriveClause = this.RULE('deriveClause', () => {
    this.CONSUME(t.Derive)
    this.SUBRULE(this.phrase, { LABEL: 'rules' })
    this.MANY(() => {
      this.CONSUME(t.Comma)
      this.OPTION(() => this.CONSUME(t.Then))
      this.SUBRULE2(this.phrase, { LABEL: 'rules' })
    })
  })

  predictorClause = this.RULE('predictorClause', () => {
    this.CONSUME(t.Predictor)
    this.CONSUME(t.Name, { LABEL: 'name' })
    this.CONSUME(t.Equals)
    this.SUBRULE(this.phrase)
    this.MANY(() => {
      this.CONSUME(t.Comma)
      this.SUBRULE(this.predictorQualifier, { LABEL: 'qualifiers' })
    })
  })

  /** `fitted to measurements "latency.csv"` */
  predictorQualifier = this.RULE('predictorQualifier', () => {
    this.CONSUME(t.Name, { LABEL: 'word' })
    this.OPTION(() => {
      this.OR([{ ALT: () => this.CONSUME(t.To) }, { ALT: () => this.CONSUME(t.On) }])
      this.CONSUME2(t.Name, { LABEL: 'what' })
    })
    this.SUBRULE(this.expression, { LABEL: 'value' })
  })

  retrainClause = this.RULE('retrainClause', () => {
    this.CONSUME(t.Retrain)
    this.SUBRULE(this.settingsOrName)
  })

  scaleClause = this.RULE('scaleClause', () => {
    this.CONSUME(t.Scale)
    this.CONSUME(t.Name, { LABEL: 'name' })
    this.SUBRULE(this.settingsOrName)
  })

  /** `settings darts_retrain { … }` */
  settingsDeclaration = this.RULE('settingsDeclaration', () => {
    this.CONSUME(t.Settings)
    this.CONSUME(t.Name, { LABEL: 'name' })
    this.SUBRULE(this.settings)
  })

  /** A block, or on the same line the name of one, with or without a block of what is said otherwise. */
  settingsOrName = this.RULE('settingsOrName', () => {
    this.OR([
      {
        GATE: () => this.onSameLine(),
        ALT: () => {
          this.CONSUME(t.Name, { LABEL: 'named' })
          this.OPTION(() => this.SUBRULE(this.settings))
        },
      },
      { ALT: () => this.SUBRULE2(this.settings) },
    ])
  })

  settings = this.RULE('settings', () => {
    this.CONSUME(t.LeftBrace)
    this.MANY(() => {
      this.OR([
        { ALT: () => this.SUBRULE(this.setting, { LABEL: 'items' }) },
        { ALT: () => this.CONSUME(t.Comma) },
        { ALT: () => this.CONSUME(t.Semicolon) },
      ])
    })
    this.CONSUME(t.RightBrace)
  })

  /** A param's new value, a nested block, a setting with its value, or a component. */
  setting = this.RULE('setting', () => {
    this.OR([
      { GATE: () => this.ahead(2) === t.Equals, ALT: () => this.SUBRULE(this.overrideSetting) },
      {
        GATE: () => this.ahead(2) === t.LeftBrace || this.namesBlock(),
        ALT: () => this.SUBRULE(this.blockSetting),
        IGNORE_AMBIGUITIES: true,
      },
      { ALT: () => this.SUBRULE(this.phrase), IGNORE_AMBIGUITIES: true },
    ])
  })

  overrideSetting = this.RULE('overrideSetting', () => {
    this.CONSUME(t.Name, { LABEL: 'name' })
    this.CONSUME(t.Equals)
    this.SUBRULE(this.expression, { LABEL: 'value' })
  })

  blockSetting = this.RULE('blockSetting', () => {
    this.CONSUME(t.Name, { LABEL: 'name' })
    this.SUBRULE(this.settingsOrName)
  })

  /** `retrain darts_retrain`: no setting is called like the word of a block. */
  private namesBlock(): boolean {
    return this.ahead(1) === t.Retrain && this.nextIsName()
  }
}
