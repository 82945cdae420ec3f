import { parse } from '../../compiler/syntax/parse.js'

/** Doc comments that the IR does not hold: of the file, and of its cells by name. */
export interface Docs {
  readonly file?: string
  readonly cells: ReadonlyMap<string, string>
}

export function docsOf(path: string, text: string): Docs {
  const file = parse({ path, text }).value
  const cells = file.declarations.flatMap((declaration): [string, string][] =>
    declaration.kind === 'cell' && declaration.doc !== undefined ? [[declaration.name.text, declaration.doc]] : [],
  )
  return { cells: new Map(cells), ...(file.doc === undefined ? {} : { file: file.doc }) }
}

export const noDocs: Docs = { cells: new Map() }
