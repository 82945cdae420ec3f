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
      { ALT: () => this.SUBRULE(this.expectItem), IGNORE_AMBIGUITIES: true },
      { ALT: () => this.SUBRULE(this.bindingItem), IGNORE_AMBIGUITIES: true },
    ])
  })

  /** The decisions under a path, one decision, or the edges of a node. */
  bindingItem = this.RULE('bindingItem', () => {
    this.SUBRULE(this.path)
    this.OR([
      { ALT: () => this.SUBRULE(this.architectureBody) },
      {
        ALT: () => {
          this.OPTION(() => this.CONSUME(t.Colon))
          this.SUBRULE(this.edge, { LABEL: 'values' })
          this.MANY({
            // Behind an edge a comma goes on to the next edge; behind a value it ends the item.
            GATE: () => this.continuesEdges(),
            DEF: () => {
              this.CONSUME(t.Comma)
              this.SUBRULE2(this.edge, { LABEL: 'values' })
            },
          })
        },
        IGNORE_AMBIGUITIES: true,
      },
    ])
  })

  /** An operation on a source; without the source, the value of a decision. */
  edge = this.RULE('edge', () => {
    this.SUBRULE(this.expression, { LABEL: 'value' })
    this.OPTION(() => {
      this.CONSUME(t.Of)
      this.SUBRULE(this.source)
    })
  })

  expectItem = this.RULE('expectItem', () => {
    this.OPTION(() => {
      this.CONSUME(t.With)
      this.SUBRULE(this.assignment, { LABEL: 'assignments' })
      this.MANY(() => {
        this.CONSUME(t.Comma)
        this.SUBRULE2(this.assignment, { LABEL: 'assignments' })
      })
    })
    this.CONSUME(t.Expect)
    this.SUBRULE(this.additive, { LABEL: 'cost' })
    this.OR([{ ALT: () => this.CONSUME(t.Equals) }, { ALT: () => this.CONSUME(t.ComparisonOperator) }])
    this.SUBRULE2(this.additive, { LABEL: 'value' })
    this.OPTION2(() => {
      this.CONSUME(t.Within)
      this.SUBRULE3(this.additive, { LABEL: 'within' })
    })
  })

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
