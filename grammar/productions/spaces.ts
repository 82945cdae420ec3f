import type { TokenType } from 'chevrotain'
import * as t from '../tokens.js'
import { CellParser } from './cells.js'

const networkItemStarts: readonly TokenType[] = [t.Stem, t.Stack, t.Stage, t.Head, t.Let, t.Require]

/** Spaces: input, cells, the network of stacks and stages. */
export class SpaceParser extends CellParser {
  spaceDeclaration = this.RULE('spaceDeclaration', () => {
    this.CONSUME(t.Space)
    this.CONSUME(t.Name, { LABEL: 'name' })
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.Equals)
          this.CONSUME2(t.Name, { LABEL: 'base' })
          this.SUBRULE(this.rewrites)
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.LeftBrace)
          this.MANY(() => {
            this.OR2([
              { ALT: () => this.SUBRULE(this.spaceItem, { LABEL: 'items' }) },
              { ALT: () => this.CONSUME(t.Semicolon) },
            ])
          })
          this.CONSUME(t.RightBrace)
        },
      },
    ])
  })

  rewrites = this.RULE('rewrites', () => {
    this.CONSUME(t.Where)
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.rewrite, { LABEL: 'rewrites' }) })
  })

  /** What a space or search changes in the space that it starts from. */
  rewrite = this.RULE('rewrite', () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.From)
          this.CONSUME(t.Equals)
          this.SUBRULE(this.sources)
        },
      },
      { ALT: () => this.SUBRULE(this.assignment), IGNORE_AMBIGUITIES: true },
    ])
  })

  spaceItem = this.RULE('spaceItem', () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.inputItem) },
      { ALT: () => this.SUBRULE(this.classesItem) },
      { ALT: () => this.SUBRULE(this.spaceCell) },
      { ALT: () => this.SUBRULE(this.network) },
      { ALT: () => this.SUBRULE(this.letDeclaration) },
      { ALT: () => this.SUBRULE(this.requirement) },
    ])
  })

  inputItem = this.RULE('inputItem', () => {
    this.CONSUME(t.Input)
    this.SUBRULE(this.expression, { LABEL: 'value' })
  })

  classesItem = this.RULE('classesItem', () => {
    this.CONSUME(t.Classes)
    this.SUBRULE(this.expression, { LABEL: 'value' })
  })

  /** A cell under the name that its decisions have. */
  spaceCell = this.RULE('spaceCell', () => {
    this.CONSUME(t.Cell)
    this.CONSUME(t.Name, { LABEL: 'name' })
    this.CONSUME(t.Equals)
    this.SUBRULE(this.expression, { LABEL: 'value' })
  })

  network = this.RULE('network', () => {
    this.CONSUME(t.Network)
    this.CONSUME(t.LeftBrace)
    this.MANY(() => {
      this.OR([
        { ALT: () => this.SUBRULE(this.networkItem, { LABEL: 'items' }) },
        { ALT: () => this.CONSUME(t.Semicolon) },
      ])
    })
    this.CONSUME(t.RightBrace)
  })

  networkItem = this.RULE('networkItem', () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.stemItem) },
      { ALT: () => this.SUBRULE(this.stackItem) },
      { ALT: () => this.SUBRULE(this.stageItem) },
      { ALT: () => this.SUBRULE(this.headItem) },
      { ALT: () => this.SUBRULE(this.letDeclaration) },
      { ALT: () => this.SUBRULE(this.requirement) },
    ])
  })

  stemItem = this.RULE('stemItem', () => {
    this.CONSUME(t.Stem)
    this.SUBRULE(this.expression, { LABEL: 'parts' })
    this.MANY({
      GATE: () => !this.closesAt(2) && this.ahead(2) !== t.Semicolon && !networkItemStarts.includes(this.ahead(2)),
      DEF: () => {
        this.CONSUME(t.Semicolon)
        this.SUBRULE2(this.expression, { LABEL: 'parts' })
      },
    })
  })

  stackItem = this.RULE('stackItem', () => {
    this.CONSUME(t.Stack)
    this.SUBRULE(this.expression, { LABEL: 'count' })
    this.CONSUME(t.Of)
    this.CONSUME(t.Name, { LABEL: 'cell' })
    this.MANY(() => {
      this.CONSUME(t.Comma)
      this.SUBRULE(this.stackPart, { LABEL: 'parts' })
    })
  })

  stackPart = this.RULE('stackPart', () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.Channels)
          this.SUBRULE(this.expression, { LABEL: 'channels' })
          this.OPTION(() => this.SUBRULE(this.doubled))
        },
      },
      { ALT: () => this.SUBRULE2(this.doubled) },
      {
        ALT: () => {
          this.OPTION2(() => this.CONSUME(t.With))
          this.CONSUME(t.Name, { LABEL: 'cell' })
          this.CONSUME(t.At)
          this.SUBRULE2(this.expression, { LABEL: 'at' })
        },
        IGNORE_AMBIGUITIES: true,
      },
    ])
  })

  doubled = this.RULE('doubled', () => {
    this.CONSUME(t.Doubled)
    this.CONSUME(t.At)
    this.CONSUME(t.Name, { LABEL: 'cells' })
    this.MANY({
      GATE: () => this.ahead(3) !== t.At && this.ahead(2) !== t.Channels,
      DEF: () => {
        this.CONSUME(t.Comma)
        this.CONSUME2(t.Name, { LABEL: 'cells' })
      },
    })
  })

  stageItem = this.RULE('stageItem', () => {
    this.CONSUME(t.Stage)
    this.CONSUME(t.Name, { LABEL: 'name' })
    this.CONSUME(t.LeftBrace)
    this.MANY(() => {
      this.OR([
        { ALT: () => this.SUBRULE(this.stageMember, { LABEL: 'members' }) },
        { ALT: () => this.CONSUME(t.Semicolon) },
      ])
    })
    this.CONSUME(t.RightBrace)
  })

  stageMember = this.RULE('stageMember', () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.StagePropertyWord, { LABEL: 'property' })
          this.SUBRULE(this.expression, { LABEL: 'value' })
        },
      },
      { ALT: () => this.SUBRULE(this.letDeclaration) },
      { ALT: () => this.SUBRULE(this.requirement) },
    ])
  })

  headItem = this.RULE('headItem', () => {
    this.CONSUME(t.Head)
    this.SUBRULE(this.expression, { LABEL: 'value' })
  })
}
