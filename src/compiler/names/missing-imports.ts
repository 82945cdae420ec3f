import type { Fix } from '../diagnostics/diagnostic.js'
import { folderOf, isStandard } from '../modules/host.js'
import type { Module } from '../modules/module-graph.js'
import type * as ast from '../syntax/ast.js'
import type { Binder, NameUse } from './binder.js'

/** An import that would bring in a name that is not known. */
export interface MissingImport {
  /** As it is written in front of the name's first use: `import { conv } from std:nn`. */
  readonly text: string
  readonly fix: Fix
}

/** The imports that would make a name known: from modules of the program before this one, and from the standard library. */
export function missingImports(binder: Binder, name: string, use: NameUse): readonly MissingImport[] {
  const importer = binder.modules.get(binder.file)?.module
  if (importer === undefined) return []
  const earlier: ast.SyntaxFile[] = []
  // What stands behind the importer imports it: the other way round would be a circle.
  for (const { module } of binder.modules.values()) {
    if (module === importer) break
    earlier.push(module.syntax)
  }
  const known = new Set(earlier.map(({ path }) => path))
  const library = isStandard(binder.file) ? [] : binder.library().filter(({ path }) => !known.has(path))
  return [...earlier, ...library]
    .filter((file) => file.declarations.some((each) => each.name.text === name && isMeant(each, binder.calls, use)))
    .map(({ path }) => importFrom(importer, path, name))
}

function isMeant(declaration: ast.Declaration, calls: Binder['calls'], use: NameUse): boolean {
  switch (declaration.kind) {
    case 'op':
      return use !== 'callee' || calls === 'operation'
    case 'extern':
      return use !== 'callee' || (declaration.category.text === 'op') === (calls === 'operation')
    case 'cell':
      return use === 'callee' && calls === 'operation'
    case 'let':
    case 'param':
      return use !== 'callee'
    default:
      return false
  }
}

function importFrom(importer: Module, path: string, name: string): MissingImport {
  const reference = referenceTo(importer.path, path)
  const text = `import { ${name} } from ${reference}`
  const present = importer.syntax.imports.find(
    (each, index) => importer.imports[index] === path && each.names !== undefined,
  )
  const last = present?.names?.at(-1)
  const { at, added } = last === undefined ? newLine(importer, text) : { at: last.span.end, added: `, ${name}` }
  const edit = { file: importer.path, span: { start: at, end: at }, text: added }
  return { text, fix: { title: `import ${name} from ${reference}`, edits: [edit], confidence: 'likely' } }
}

/** Behind the last import; in a file without one at its top, behind what documents the file. */
function newLine({ syntax, source }: Module, text: string): { readonly at: number; readonly added: string } {
  const last = syntax.imports.at(-1)
  if (last !== undefined) return { at: last.span.end, added: `\n${text}` }
  const head = /^\uFEFF?(?:\s*\/\/![^\n]*\n)*/.exec(source.text)?.[0] ?? ''
  return { at: head.length, added: `${text}\n` }
}

/** How a module is named in another one: `std:nn`, `"./blocks.nas"`. */
function referenceTo(from: string, path: string): string {
  if (isStandard(path)) return path
  if (path.startsWith('/') && !from.startsWith('/')) return JSON.stringify(path)
  const here = partsOf(folderOf(from))
  const there = partsOf(path)
  let shared = 0
  while (shared < here.length && shared < there.length - 1 && here[shared] === there[shared]) shared += 1
  const up = here.slice(shared).map(() => '..')
  const down = there.slice(shared)
  return JSON.stringify([...(up.length === 0 ? ['.'] : up), ...down].join('/'))
}

function partsOf(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.')
}
