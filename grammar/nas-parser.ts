import { EOF } from './chevrotain.js'
import * as t from './tokens.js'
import { ArchitectureParser } from './productions/architectures.js'
import type { ParserOptions } from './productions/base.js'

/** The grammar of `.nas`: its layers, and the file at the top. */
export class NasParser extends ArchitectureParser {
  /** A module: imports and declarations. */
  file = this.RULE('file', () => {
    this.MANY(() => {
      this.OR([
        { ALT: () => this.SUBRULE(this.importDeclaration, { LABEL: 'imports' }) },
        { ALT: () => this.SUBRULE(this.declaration, { LABEL: 'declarations' }) },
        { ALT: () => this.CONSUME(t.Semicolon) },
      ])
    })
    this.CONSUME(EOF)
  })

  declaration = this.RULE('declaration', () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.paramDeclaration) },
      { ALT: () => this.SUBRULE(this.letDeclaration) },
      { ALT: () => this.SUBRULE(this.opDeclaration) },
      { ALT: () => this.SUBRULE(this.externDeclaration) },
      { ALT: () => this.SUBRULE(this.cellDeclaration) },
      { ALT: () => this.SUBRULE(this.spaceDeclaration) },
      { ALT: () => this.SUBRULE(this.searchDeclaration) },
      { ALT: () => this.SUBRULE(this.settingsDeclaration) },
      { ALT: () => this.SUBRULE(this.architectureDeclaration) },
    ])
  })

  constructor(options: ParserOptions) {
    super(options)
    this.performSelfAnalysis()
  }
}

let parser: NasParser | undefined

/** The one parser, made when it is first needed. Its grammar is validated by the tests, not at every start. */
export function nasParser(): NasParser {
  parser ??= new NasParser({ validate: false })
  return parser
}
