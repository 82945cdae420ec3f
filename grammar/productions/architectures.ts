import * as t from '../tokens.js'
import { SearchParser } from './searches.js'

/** Architectures: decisions bound, and what they must cost. */
export class ArchitectureParser extends SearchParser {
  architectureDeclaration = this.RULE('architectureDeclaration', () => {
    this.CONSUME(t.Architecture)
    this.CONSUME(t.Name, { LABEL: 'name' })
    this.CONSUME(t.Of)
    this.CONSUME2(t.Name, { LABEL: 'space' })
    this.SUBRULE(this.architectureBody)
  })

  architectureBody = this.RULE('architectureBody', () => {
    this.CONSUME(t.LeftBrace)
    this.MANY(() => {
      this.OR([
        { ALT: () => this.SUBRULE(this.architectureItem, { LABEL: 'items' }) },
        { ALT: () => this.CONSUME(t.Semicolon) },
        { ALT: () => this.CONSUME(t.Comma) },
      ])
    })
    this.CONSUME(t.RightBrace)
  })

  architectureItem = this.RULE('architectureItem', () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.withItem), IGNORE_AMBIGUITIES: true },
      { ALT: () => this.SUBRULE(this.expectItem), IGNORE_AMBIGUITIES: true },
      { ALT: () => this.SUBRULE(this.bindingItem), IGNORE_AMBIGUITIES: true },
    ])
  })

  /** The decisions under a path, one decision, one value per layer, or the edges of a node. */
  bindingItem = this.RULE('bindingItem', () => {
    this.SUBRULE(this.decisionPath)
    this.OR([
      { ALT: () => this.SUBRULE(this.architectureBody) },
      {
        ALT: () => {
          this.OPTION(() => this.CONSUME(t.Colon))
          this.OR2([{ ALT: () => this.SUBRULE(this.layerList) }, { ALT: () => this.SUBRULE(this.edges) }])
        },
        IGNORE_AMBIGUITIES: true,
      },
    ])
  })

  /** The path of decisions; a bracket behind it may also begin a list of values. */
  decisionPath = this.RULE('decisionPath', () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Name, { LABEL: 'head' }) },
      // Choices in what happens to the inputs of a cell.
      { ALT: () => this.CONSUME(t.Prepare, { LABEL: 'head' }) },
    ])
    this.OPTION({ GATE: () => this.isJoined(), DEF: () => this.SUBRULE(this.callArguments) })
    this.MANY({
      GATE: () => !this.beginsList(),
      DEF: () => this.SUBRULE(this.pathStep, { LABEL: 'steps' }),
    })
  })

  /** `[a, b, b, c]`: one value for each layer. */
  layerList = this.RULE('layerList', () => {
    this.CONSUME(t.LeftBracket)
    this.SUBRULE(this.expression, { LABEL: 'values' })
    this.MANY({
      GATE: () => !this.closesAt(2),
      DEF: () => {
        this.CONSUME(t.Comma)
        this.SUBRULE2(this.expression, { LABEL: 'values' })
      },
    })
    this.OPTION(() => this.CONSUME2(t.Comma))
    this.CONSUME(t.RightBracket)
  })

  edges = this.RULE('edges', () => {
    this.SUBRULE(this.edge, { LABEL: 'values' })
    this.MANY({
      // Behind an edge a comma goes on to the next edge; behind a value it ends the item.
      GATE: () => this.continuesEdges(),
      DEF: () => {
        this.CONSUME(t.Comma)
        this.SUBRULE2(this.edge, { LABEL: 'values' })
      },
    })
  })

  /** An operation on a source; without the source, the value of a decision. */
  edge = this.RULE('edge', () => {
    this.SUBRULE(this.expression, { LABEL: 'value' })
    this.OPTION(() => {
      this.CONSUME(t.Of)
      this.SUBRULE(this.source)
    })
  })

  /** Params of the architecture: `with cells = 20, width = 36`. */
  withItem = this.RULE('withItem', () => {
    this.CONSUME(t.With)
    this.SUBRULE(this.assignment, { LABEL: 'assignments' })
    this.MANY({
      // A comma may also end the item.
      GATE: () => this.ahead(3) === t.Equals,
      DEF: () => {
        this.CONSUME(t.Comma)
        this.SUBRULE2(this.assignment, { LABEL: 'assignments' })
      },
    })
  })

  expectItem = this.RULE('expectItem', () => {
    this.CONSUME(t.Expect)
    this.SUBRULE(this.additive, { LABEL: 'cost' })
    this.OR([{ ALT: () => this.CONSUME(t.Equals) }, { ALT: () => this.CONSUME(t.ComparisonOperator) }])
    this.SUBRULE2(this.additive, { LABEL: 'value' })
    this.OPTION(() => {
      this.CONSUME(t.Within)
      this.SUBRULE3(this.additive, { LABEL: 'within' })
    })
  })

  /**
   * The next bracket holds a list and no index: it has a comma, or no value can follow it. A blank before it and the end of
   * the line behind it say so too.
   */
  private beginsList(): boolean {
    if (this.ahead(1) !== t.LeftBracket) return false
    const closing = this.closingOf(1)
    let depth = 0
    for (let distance = 1; distance < closing; distance++) {
      const type = this.ahead(distance)
      if (type === t.Comma && depth === 1) return true
      if (type === t.LeftBracket || type === t.LeftParenthesis || type === t.LeftBrace) depth++
      else if (this.closesAt(distance)) depth--
    }
    const next = this.ahead(closing + 1)
    if (this.closesAt(closing + 1) || next === t.Semicolon || next === t.Comma) return true
    const isApart = this.LA(1).startOffset > (this.LA(0).endOffset ?? 0) + 1
    return isApart && this.LA(closing).endLine !== this.LA(closing + 1).startLine
  }

  /** The last thing read was `of source` or `of source[i]`. */
  private continuesEdges(): boolean {
    let distance = 0
    if (this.ahead(distance) === t.RightBracket) {
      while (this.ahead(distance) !== t.LeftBracket) {
        if (this.LA(distance).startOffset <= 0) return false
        distance--
      }
      distance--
    }
    return this.ahead(distance - 1) === t.Of
  }
}
