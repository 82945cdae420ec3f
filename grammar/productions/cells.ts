import * as t from '../tokens.js'
import { DeclarationParser } from './declarations.js'

/** Cells: inputs, nodes, the topology between them. */
export class CellParser extends DeclarationParser {
  cellDeclaration = this.RULE('cellDeclaration', () => {
    this.CONSUME(t.Cell)
    this.CONSUME(t.Name, { LABEL: 'name' })
    this.SUBRULE(this.parameters)
    this.CONSUME(t.LeftBrace)
    this.MANY(() => {
      this.OR([
        { ALT: () => this.SUBRULE(this.cellItem, { LABEL: 'items' }) },
        { ALT: () => this.CONSUME(t.Semicolon) },
      ])
    })
    this.CONSUME(t.RightBrace)
  })

  cellItem = this.RULE('cellItem', () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.prepareItem) },
      { ALT: () => this.SUBRULE(this.nodeItem) },
      { ALT: () => this.SUBRULE(this.outputItem) },
      { ALT: () => this.SUBRULE(this.letDeclaration) },
      { ALT: () => this.SUBRULE(this.requirement) },
    ])
  })

  prepareItem = this.RULE('prepareItem', () => {
    this.CONSUME(t.Prepare)
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.CONSUME(t.Name, { LABEL: 'inputs' }) })
    this.CONSUME(t.LeftBrace)
    this.SUBRULE(this.expression, { LABEL: 'through' })
    this.CONSUME(t.RightBrace)
  })

  /** A node, or with an index a family of nodes. */
  nodeItem = this.RULE('nodeItem', () => {
    this.CONSUME(t.Node)
    this.CONSUME(t.Name, { LABEL: 'name' })
    this.OPTION(() => this.SUBRULE(this.index, { LABEL: 'family' }))
    this.CONSUME(t.LeftBrace)
    this.MANY(() => {
      this.OR([
        { ALT: () => this.SUBRULE(this.nodeClause, { LABEL: 'clauses' }) },
        { ALT: () => this.CONSUME(t.Semicolon) },
      ])
    })
    this.CONSUME(t.RightBrace)
  })

  nodeClause = this.RULE('nodeClause', () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.fromClause) },
      { ALT: () => this.SUBRULE(this.throughClause) },
      { ALT: () => this.SUBRULE(this.mergeClause) },
      { ALT: () => this.SUBRULE(this.projectClause) },
      { ALT: () => this.SUBRULE(this.letDeclaration) },
    ])
  })

  fromClause = this.RULE('fromClause', () => {
    this.CONSUME(t.From)
    this.SUBRULE(this.sources)
  })

  /** The topology choice of a node. */
  sources = this.RULE('sources', () => {
    this.OR([
      {
        GATE: () => this.ahead(2) === t.Of,
        ALT: () => {
          this.CONSUME(t.All)
          this.CONSUME(t.Of)
          this.SUBRULE(this.sourceSet)
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.Any)
          this.SUBRULE(this.arity)
          this.CONSUME2(t.Of)
          this.SUBRULE2(this.sourceSet)
        },
      },
      { ALT: () => this.SUBRULE3(this.sourceSet), IGNORE_AMBIGUITIES: true },
    ])
    this.OPTION(() => {
      this.CONSUME(t.Cross)
      this.SUBRULE(this.range, { LABEL: 'operations' })
    })
  })

  sourceSet = this.RULE('sourceSet', () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Earlier) },
      {
        ALT: () => {
          this.CONSUME(t.LeftBrace)
          this.SUBRULE(this.source, { LABEL: 'sources' })
          this.MANY(() => {
            this.CONSUME(t.Comma)
            this.SUBRULE2(this.source, { LABEL: 'sources' })
          })
          this.CONSUME(t.RightBrace)
        },
      },
      { ALT: () => this.SUBRULE3(this.source, { LABEL: 'sources' }), IGNORE_AMBIGUITIES: true },
    ])
  })

  source = this.RULE('source', () => {
    this.CONSUME(t.Name, { LABEL: 'name' })
    this.OPTION(() => this.SUBRULE(this.index))
  })

  throughClause = this.RULE('throughClause', () => {
    this.CONSUME(t.Through)
    this.SUBRULE(this.expression, { LABEL: 'operation' })
    this.MANY(() => {
      this.CONSUME(t.Comma)
      this.SUBRULE(this.override, { LABEL: 'overrides' })
    })
  })

  /** A parameter that the operations get on edges from some sources only. */
  override = this.RULE('override', () => {
    this.CONSUME(t.Name, { LABEL: 'parameter' })
    this.OPTION(() => {
      this.CONSUME(t.Equals)
      this.SUBRULE(this.expression, { LABEL: 'value' })
    })
    this.CONSUME(t.On)
    this.CONSUME2(t.Name, { LABEL: 'sources' })
    this.MANY({
      GATE: () => this.ahead(3) !== t.On && this.ahead(3) !== t.Equals,
      DEF: () => {
        this.CONSUME(t.Comma)
        this.CONSUME3(t.Name, { LABEL: 'sources' })
      },
    })
  })

  mergeClause = this.RULE('mergeClause', () => {
    this.CONSUME(t.Merge)
    this.CONSUME(t.Name, { LABEL: 'by' })
  })

  projectClause = this.RULE('projectClause', () => {
    this.CONSUME(t.Project)
    this.OPTION({
      GATE: () => this.onSameLine(),
      DEF: () => this.SUBRULE(this.expression, { LABEL: 'through' }),
    })
  })

  outputItem = this.RULE('outputItem', () => {
    this.CONSUME(t.Output)
    this.SUBRULE(this.expression, { LABEL: 'value' })
  })
}
