import * as t from '../tokens.js'
import { BaseParser } from './base.js'

/** Expressions, loosest first. */
export class ExpressionParser extends BaseParser {
  /** A pipeline of operations, or any other value. */
  expression = this.RULE('expression', () => {
    this.SUBRULE(this.ternary, { LABEL: 'steps' })
    this.MANY(() => {
      this.CONSUME(t.Arrow)
      this.SUBRULE2(this.ternary, { LABEL: 'steps' })
    })
  })

  ternary = this.RULE('ternary', () => {
    this.OR([{ ALT: () => this.SUBRULE(this.conditional) }, { ALT: () => this.SUBRULE(this.disjunction) }])
  })

  /** Its branches end at the next `->`; parentheses hold a pipeline. */
  conditional = this.RULE('conditional', () => {
    this.CONSUME(t.If)
    this.SUBRULE(this.disjunction, { LABEL: 'test' })
    this.CONSUME(t.Then)
    this.SUBRULE(this.ternary, { LABEL: 'then' })
    this.OPTION(() => {
      this.CONSUME(t.Else)
      this.SUBRULE2(this.ternary, { LABEL: 'otherwise' })
    })
  })

  /** An open choice, which is an operand as any other value: its options reach as far to the right as a range can. */
  choice = this.RULE('choice', () => {
    this.OR([
      { ALT: () => this.CONSUME(t.One) },
      {
        ALT: () => {
          this.CONSUME(t.Any)
          this.SUBRULE(this.arity)
        },
      },
    ])
    this.CONSUME(t.Of)
    this.SUBRULE(this.range, { LABEL: 'options' })
    this.OPTION(() => {
      this.CONSUME(t.Per)
      this.CONSUME(t.Word, { LABEL: 'scope' })
    })
  })

  arity = this.RULE('arity', () => {
    this.SUBRULE(this.additive, { LABEL: 'least' })
    this.OPTION(() => {
      this.CONSUME(t.Dots)
      this.OPTION2(() => this.SUBRULE2(this.additive, { LABEL: 'most' }))
    })
  })

  disjunction = this.RULE('disjunction', () => {
    this.SUBRULE(this.conjunction, { LABEL: 'operands' })
    this.MANY(() => {
      this.CONSUME(t.Or)
      this.SUBRULE2(this.conjunction, { LABEL: 'operands' })
    })
  })

  conjunction = this.RULE('conjunction', () => {
    this.SUBRULE(this.negation, { LABEL: 'operands' })
    this.MANY(() => {
      this.CONSUME(t.And)
      this.SUBRULE2(this.negation, { LABEL: 'operands' })
    })
  })

  negation = this.RULE('negation', () => {
    this.OPTION(() => this.CONSUME(t.Not))
    this.SUBRULE(this.comparison)
  })

  comparison = this.RULE('comparison', () => {
    this.SUBRULE(this.interval, { LABEL: 'operands' })
    this.OPTION(() => {
      this.CONSUME(t.ComparisonOperator)
      this.SUBRULE2(this.interval, { LABEL: 'operands' })
    })
  })

  /** The two ends of a schedule. */
  interval = this.RULE('interval', () => {
    this.SUBRULE(this.range, { LABEL: 'from' })
    this.OPTION(() => {
      this.CONSUME(t.To)
      this.SUBRULE2(this.range, { LABEL: 'to' })
    })
  })

  range = this.RULE('range', () => {
    this.SUBRULE(this.additive, { LABEL: 'from' })
    this.OPTION(() => {
      this.CONSUME(t.Dots)
      this.SUBRULE2(this.additive, { LABEL: 'to' })
      this.OPTION2(() => {
        this.CONSUME(t.Step)
        this.SUBRULE3(this.additive, { LABEL: 'step' })
      })
    })
  })

  additive = this.RULE('additive', () => {
    this.SUBRULE(this.multiplicative, { LABEL: 'operands' })
    this.MANY(() => {
      this.CONSUME(t.AdditiveOperator)
      this.SUBRULE2(this.multiplicative, { LABEL: 'operands' })
    })
  })

  multiplicative = this.RULE('multiplicative', () => {
    this.SUBRULE(this.unary, { LABEL: 'operands' })
    this.MANY(() => {
      this.CONSUME(t.MultiplicativeOperator)
      this.SUBRULE2(this.unary, { LABEL: 'operands' })
    })
  })

  unary = this.RULE('unary', () => {
    this.OPTION(() => this.CONSUME(t.Minus))
    this.SUBRULE(this.power)
  })

  power = this.RULE('power', () => {
    this.SUBRULE(this.postfix, { LABEL: 'base' })
    this.OPTION(() => {
      this.CONSUME(t.Caret)
      this.SUBRULE(this.unary, { LABEL: 'exponent' })
    })
  })

  postfix = this.RULE('postfix', () => {
    this.SUBRULE(this.primary)
    this.MANY(() => this.SUBRULE(this.postfixStep, { LABEL: 'steps' }))
  })

  /** A field, a call or an index. */
  postfixStep = this.RULE('postfixStep', () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.Dot)
          this.CONSUME(t.Word, { LABEL: 'field' })
        },
      },
      { ALT: () => this.SUBRULE(this.callArguments) },
      { ALT: () => this.SUBRULE(this.index) },
    ])
  })

  index = this.RULE('index', () => {
    this.CONSUME(t.LeftBracket)
    this.SUBRULE(this.expression)
    this.CONSUME(t.RightBracket)
  })

  callArguments = this.RULE('callArguments', () => {
    this.CONSUME(t.LeftParenthesis)
    this.OPTION(() => {
      this.SUBRULE(this.argument, { LABEL: 'arguments' })
      this.MANY({
        GATE: () => !this.closesAt(2),
        DEF: () => {
          this.CONSUME(t.Comma)
          this.SUBRULE2(this.argument, { LABEL: 'arguments' })
        },
      })
      this.OPTION2(() => this.CONSUME2(t.Comma))
    })
    this.CONSUME(t.RightParenthesis)
  })

  argument = this.RULE('argument', () => {
    this.OPTION({
      GATE: () => this.ahead(2) === t.Colon,
      DEF: () => {
        this.CONSUME(t.Word, { LABEL: 'label' })
        this.CONSUME(t.Colon)
      },
    })
    this.SUBRULE(this.phrase)
  })

  /** An expression and, on the same line, the words and values that belong to it: `best of 3 by batch_loss`. */
  phrase = this.RULE('phrase', () => {
    this.SUBRULE(this.expression, { LABEL: 'head' })
    this.MANY({
      GATE: () => this.onSameLine(),
      DEF: () => this.SUBRULE(this.phrasePart, { LABEL: 'parts' }),
    })
  })

  phrasePart = this.RULE('phrasePart', () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Connective) },
      {
        ALT: () => {
          this.CONSUME(t.Per)
          this.CONSUME(t.Word, { LABEL: 'scope' })
        },
      },
      { ALT: () => this.SUBRULE(this.expression) },
    ])
  })

  primary = this.RULE('primary', () => {
    this.OR([
      { ALT: () => this.CONSUME(t.NumberLiteral) },
      { ALT: () => this.CONSUME(t.StringLiteral) },
      { ALT: () => this.CONSUME(t.True) },
      { ALT: () => this.CONSUME(t.False) },
      { GATE: () => this.ahead(1) !== t.One || this.ahead(2) === t.Of, ALT: () => this.SUBRULE(this.choice) },
      { ALT: () => this.CONSUME(t.Name), IGNORE_AMBIGUITIES: true },
      { ALT: () => this.SUBRULE(this.residualBlock) },
      { ALT: () => this.SUBRULE(this.set) },
      { ALT: () => this.SUBRULE(this.parenthesised) },
    ])
  })

  residualBlock = this.RULE('residualBlock', () => {
    this.CONSUME(t.Residual)
    this.CONSUME(t.LeftBrace)
    this.SUBRULE(this.expression)
    this.CONSUME(t.RightBrace)
  })

  /** Items, or `for` bindings and what they give. */
  set = this.RULE('set', () => {
    this.CONSUME(t.LeftBrace)
    this.OPTION(() => {
      this.OR([{ ALT: () => this.SUBRULE(this.comprehension) }, { ALT: () => this.SUBRULE(this.setItems) }])
    })
    this.CONSUME(t.RightBrace)
  })

  setItems = this.RULE('setItems', () => {
    this.SUBRULE(this.expression, { LABEL: 'items' })
    this.MANY({
      GATE: () => !this.closesAt(2),
      DEF: () => {
        this.CONSUME(t.Comma)
        this.SUBRULE2(this.expression, { LABEL: 'items' })
      },
    })
    this.OPTION(() => this.CONSUME2(t.Comma))
  })

  comprehension = this.RULE('comprehension', () => {
    this.AT_LEAST_ONE(() => this.SUBRULE(this.binding, { LABEL: 'bindings' }))
    this.CONSUME(t.Colon)
    this.SUBRULE(this.expression, { LABEL: 'body' })
  })

  binding = this.RULE('binding', () => {
    this.CONSUME(t.For)
    this.CONSUME(t.Word, { LABEL: 'name' })
    this.CONSUME(t.In)
    this.SUBRULE(this.range, { LABEL: 'domain' })
  })

  /** A group, or a tuple of at least two. */
  parenthesised = this.RULE('parenthesised', () => {
    this.CONSUME(t.LeftParenthesis)
    this.SUBRULE(this.expression, { LABEL: 'items' })
    this.MANY(() => {
      this.CONSUME(t.Comma)
      this.SUBRULE2(this.expression, { LABEL: 'items' })
    })
    this.CONSUME(t.RightParenthesis)
  })

  /** The path of a param, a property or a size. */
  path = this.RULE('path', () => {
    this.CONSUME(t.Name, { LABEL: 'head' })
    this.MANY(() => this.SUBRULE(this.pathStep, { LABEL: 'steps' }))
  })

  pathStep = this.RULE('pathStep', () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.Dot)
          this.CONSUME(t.Word, { LABEL: 'field' })
          // An operation among others: `layer[1].pick(3).kernel`.
          this.OPTION({ GATE: () => this.isJoined(), DEF: () => this.SUBRULE(this.callArguments) })
        },
      },
      { ALT: () => this.SUBRULE(this.index) },
    ])
  })

  assignment = this.RULE('assignment', () => {
    this.SUBRULE(this.path)
    this.CONSUME(t.Equals)
    this.SUBRULE(this.expression, { LABEL: 'value' })
  })
}
