import * as t from '../tokens.js'
import { ExpressionParser } from './expressions.js'

/** Imports, params, lets, operations, and what the runtime implements. */
export class DeclarationParser extends ExpressionParser {
  importDeclaration = this.RULE('importDeclaration', () => {
    this.CONSUME(t.Import)
    this.OR([
      {
        GATE: () => this.ahead(2) !== t.Colon,
        ALT: () => {
          this.SUBRULE(this.importNames)
          this.CONSUME(t.From)
          this.SUBRULE(this.moduleReference)
        },
      },
      { ALT: () => this.SUBRULE2(this.moduleReference), IGNORE_AMBIGUITIES: true },
    ])
  })

  importNames = this.RULE('importNames', () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.LeftBrace)
          this.SUBRULE(this.importName, { LABEL: 'names' })
          this.MANY({
            GATE: () => !this.closesAt(2),
            DEF: () => {
              this.CONSUME(t.Comma)
              this.SUBRULE2(this.importName, { LABEL: 'names' })
            },
          })
          this.OPTION(() => this.CONSUME2(t.Comma))
          this.CONSUME(t.RightBrace)
        },
      },
      {
        ALT: () => {
          this.SUBRULE3(this.importName, { LABEL: 'names' })
          this.MANY2(() => {
            this.CONSUME3(t.Comma)
            this.SUBRULE4(this.importName, { LABEL: 'names' })
          })
        },
      },
    ])
  })

  importName = this.RULE('importName', () => {
    this.CONSUME(t.Name, { LABEL: 'name' })
    this.OPTION(() => {
      this.CONSUME(t.As)
      this.CONSUME2(t.Name, { LABEL: 'alias' })
    })
  })

  /** `std:nn` or a path in quotes. */
  moduleReference = this.RULE('moduleReference', () => {
    this.OR([
      { ALT: () => this.CONSUME(t.StringLiteral) },
      {
        ALT: () => {
          this.CONSUME(t.Name, { LABEL: 'library' })
          this.CONSUME(t.Colon)
          this.CONSUME(t.Word, { LABEL: 'parts' })
          this.MANY(() => {
            this.CONSUME(t.Slash)
            this.CONSUME2(t.Word, { LABEL: 'parts' })
          })
        },
      },
    ])
  })

  paramDeclaration = this.RULE('paramDeclaration', () => {
    this.CONSUME(t.Param)
    this.CONSUME(t.Name, { LABEL: 'name' })
    this.OPTION(() => {
      this.CONSUME(t.Colon)
      this.CONSUME(t.Word, { LABEL: 'type' })
    })
    this.CONSUME(t.Equals)
    this.SUBRULE(this.expression, { LABEL: 'value' })
  })

  letDeclaration = this.RULE('letDeclaration', () => {
    this.CONSUME(t.Let)
    this.CONSUME(t.Name, { LABEL: 'name' })
    this.CONSUME(t.Equals)
    this.SUBRULE(this.expression, { LABEL: 'value' })
  })

  opDeclaration = this.RULE('opDeclaration', () => {
    this.CONSUME(t.Op)
    this.CONSUME(t.Name, { LABEL: 'name' })
    this.OPTION(() => this.SUBRULE(this.parameters))
    this.CONSUME(t.Equals)
    this.SUBRULE(this.expression, { LABEL: 'body' })
  })

  parameters = this.RULE('parameters', () => {
    this.CONSUME(t.LeftParenthesis)
    this.OPTION(() => {
      this.SUBRULE(this.parameter, { LABEL: 'parameters' })
      this.MANY({
        GATE: () => !this.closesAt(2),
        DEF: () => {
          this.CONSUME(t.Comma)
          this.SUBRULE2(this.parameter, { LABEL: 'parameters' })
        },
      })
      this.OPTION2(() => this.CONSUME2(t.Comma))
    })
    this.CONSUME(t.RightParenthesis)
  })

  parameter = this.RULE('parameter', () => {
    this.CONSUME(t.Word, { LABEL: 'name' })
    this.OPTION(() => {
      this.CONSUME(t.Colon)
      this.OR([
        { ALT: () => this.CONSUME2(t.Word, { LABEL: 'type' }) },
        { ALT: () => this.SUBRULE(this.knownWords, { LABEL: 'words' }) },
      ])
    })
    this.OPTION2(() => {
      this.CONSUME(t.Equals)
      this.SUBRULE(this.expression, { LABEL: 'value' })
    })
  })

  /** In place of a type: one of these. */
  knownWords = this.RULE('knownWords', () => {
    this.CONSUME(t.LeftBrace)
    this.CONSUME(t.Word, { LABEL: 'words' })
    this.MANY({
      GATE: () => !this.closesAt(2),
      DEF: () => {
        this.CONSUME(t.Comma)
        this.CONSUME2(t.Word, { LABEL: 'words' })
      },
    })
    this.OPTION(() => this.CONSUME2(t.Comma))
    this.CONSUME(t.RightBrace)
  })

  externDeclaration = this.RULE('externDeclaration', () => {
    this.CONSUME(t.Extern)
    this.CONSUME(t.Word, { LABEL: 'category' })
    this.CONSUME(t.Name, { LABEL: 'name' })
    this.OPTION(() => this.SUBRULE(this.parameters))
    this.OPTION2(() => {
      this.CONSUME(t.In)
      this.SUBRULE(this.settingPlace, { LABEL: 'places' })
      this.MANY2(() => {
        this.CONSUME(t.Comma)
        this.SUBRULE2(this.settingPlace, { LABEL: 'places' })
      })
    })
    this.OPTION3(() => this.CONSUME(t.Planned))
    this.OPTION4(() => {
      this.CONSUME(t.LeftBrace)
      this.MANY(() => {
        this.OR([
          { ALT: () => this.SUBRULE(this.externRule, { LABEL: 'rules' }) },
          { ALT: () => this.CONSUME(t.Semicolon) },
        ])
      })
      this.CONSUME(t.RightBrace)
    })
  })

  /** Where a setting may stand: `search`, `train weights`, `train`, `retrain`. */
  settingPlace = this.RULE('settingPlace', () => {
    this.CONSUME(t.Word, { LABEL: 'clause' })
    this.OPTION({
      GATE: () => this.ahead(1) !== t.Planned,
      DEF: () => this.CONSUME(t.Name, { LABEL: 'variables' }),
    })
  })

  /** What the compiler knows of a primitive, its shape, weights and cost; of a component, what must fit a space. */
  externRule = this.RULE('externRule', () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.requirement) },
      { ALT: () => this.SUBRULE(this.outRule) },
      { ALT: () => this.SUBRULE(this.weightRule) },
      { ALT: () => this.SUBRULE(this.macsRule) },
      { ALT: () => this.SUBRULE(this.costRule) },
      { ALT: () => this.SUBRULE(this.bindsRule) },
      { ALT: () => this.SUBRULE(this.selectsRule) },
      { ALT: () => this.SUBRULE(this.needsRule) },
    ])
  })

  requirement = this.RULE('requirement', () => {
    this.CONSUME(t.Require)
    this.OR([
      {
        GATE: () => this.ahead(2) === t.Node,
        ALT: () => this.SUBRULE(this.everyNode),
      },
      {
        ALT: () => {
          this.SUBRULE(this.expression, { LABEL: 'test' })
          this.OPTION(() => {
            this.CONSUME(t.Else)
            this.CONSUME(t.StringLiteral, { LABEL: 'message' })
          })
        },
        IGNORE_AMBIGUITIES: true,
      },
    ])
  })

  /** `every node is reached and used, or removed` */
  everyNode = this.RULE('everyNode', () => {
    this.CONSUME(t.Every)
    this.CONSUME(t.Node)
    this.CONSUME(t.Is)
    this.CONSUME(t.Name, { LABEL: 'conditions' })
    this.MANY(() => {
      this.CONSUME(t.And)
      this.CONSUME2(t.Name, { LABEL: 'conditions' })
    })
    this.OPTION(() => {
      this.OPTION2(() => this.CONSUME(t.Comma))
      this.CONSUME(t.Or)
      this.CONSUME3(t.Name, { LABEL: 'otherwise' })
    })
  })

  outRule = this.RULE('outRule', () => {
    this.CONSUME(t.Out)
    this.SUBRULE(this.assignment, { LABEL: 'assignments' })
    this.MANY(() => {
      this.CONSUME(t.Comma)
      this.SUBRULE2(this.assignment, { LABEL: 'assignments' })
    })
  })

  weightRule = this.RULE('weightRule', () => {
    this.CONSUME(t.Weight)
    this.CONSUME(t.Name, { LABEL: 'name' })
    this.CONSUME(t.LeftParenthesis)
    this.SUBRULE(this.expression, { LABEL: 'shape' })
    this.MANY(() => {
      this.CONSUME(t.Comma)
      this.SUBRULE2(this.expression, { LABEL: 'shape' })
    })
    this.CONSUME(t.RightParenthesis)
    this.OPTION(() => {
      this.CONSUME(t.As)
      this.CONSUME2(t.Name, { LABEL: 'role' })
    })
    this.OPTION2(() => {
      this.CONSUME(t.Init)
      this.CONSUME3(t.Name, { LABEL: 'init' })
    })
    this.OPTION3(() => {
      this.CONSUME(t.When)
      this.SUBRULE3(this.expression, { LABEL: 'when' })
    })
  })

  macsRule = this.RULE('macsRule', () => {
    this.CONSUME(t.Macs)
    this.SUBRULE(this.expression, { LABEL: 'value' })
  })

  costRule = this.RULE('costRule', () => {
    this.CONSUME(t.Cost)
    this.CONSUME(t.Name, { LABEL: 'convention' })
    this.CONSUME(t.Equals)
    this.SUBRULE(this.expression, { LABEL: 'value' })
  })

  bindsRule = this.RULE('bindsRule', () => {
    this.CONSUME(t.Binds)
    this.CONSUME(t.Name, { LABEL: 'binding' })
  })

  selectsRule = this.RULE('selectsRule', () => {
    this.CONSUME(t.Selects)
    this.CONSUME(t.Name, { LABEL: 'count' })
  })

  needsRule = this.RULE('needsRule', () => {
    this.CONSUME(t.Needs)
    this.CONSUME(t.Name, { LABEL: 'what' })
    this.OPTION(() => {
      this.CONSUME(t.When)
      this.SUBRULE(this.expression, { LABEL: 'when' })
    })
  })
}
