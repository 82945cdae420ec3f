import { createReport, type Report } from '../diagnostics/report.js'
import { sortDiagnostics, type Outcome, type SourceLocation } from '../diagnostics/diagnostic.js'
import { didYouMean } from '../diagnostics/suggest.js'
import { nearNames } from '../../support/near-names.js'
import { ReadFailure } from '../../support/text-files.js'
import type { ImportDeclaration } from '../syntax/ast.js'
import { parse } from '../syntax/parse.js'
import type { SourceText } from '../text/source.js'
import { folderOf, isStandard, standardPrefix, type Host } from './host.js'
import { libraryOf } from './library.js'
import type { Module, ModuleGraph } from './module-graph.js'
import { parseStandard } from './standard-modules.js'

/**
 * Reads a program: the entry and all that it imports. What is missing or closes a circle is reported where it is
 * imported and left out. Without an entry the graph is empty.
 */
export function link(entryPath: string, host: Host): Outcome<ModuleGraph> {
  const report = createReport()
  const modules: Module[] = []
  const linked = new Map<string, Module>()
  /** The modules that are being linked, from the entry to the present one. */
  const trail: string[] = []

  const visit = (source: SourceText): void => {
    trail.push(source.path)
    const { value: syntax, diagnostics } = isStandard(source.path) ? parseStandard(source) : parse(source)
    report.include(diagnostics)
    const imports = syntax.imports.map((declaration) => follow(source, declaration))
    trail.pop()
    const module = { path: source.path, source, syntax, imports }
    modules.push(module)
    linked.set(source.path, module)
  }

  const follow = (importer: SourceText, declaration: ImportDeclaration): string | undefined => {
    const { text: reference, span } = declaration.module
    const location = { file: importer.path, span }
    if (reference === '') return undefined
    const path = host.resolve(importer.path, reference)
    if (linked.has(path)) return path
    const start = trail.indexOf(path)
    if (start >= 0) {
      report.add('import-cycle', location, { path: [...trail.slice(start), path].join(' -> ') })
      return undefined
    }
    const text = readModule(host, path, location, reference, report)
    if (text === undefined) return undefined
    visit({ path, text })
    return path
  }

  const entryPlace = { file: entryPath, span: { start: 0, end: 0 } }
  const text = readEntry(host, entryPath, entryPlace, report)
  if (text !== undefined) visit({ path: entryPath, text })
  const graph = { entry: entryPath, modules, library: libraryOf(host) }
  return { value: graph, diagnostics: sortDiagnostics(report.diagnostics, [entryPath]) }
}

function readEntry(host: Host, path: string, location: SourceLocation, report: Report): string | undefined {
  const text = readText(host, path, location, report)
  if (text !== undefined || report.hasErrors()) return text
  const help = didYouMean(nearPaths(path, host.list(folderOf(path))))
  report.add('missing-entry', location, { path }, help === undefined ? {} : { help })
  return undefined
}

function readModule(
  host: Host,
  path: string,
  location: SourceLocation,
  reference: string,
  report: Report,
): string | undefined {
  const before = report.diagnostics.length
  const text = readText(host, path, location, report)
  if (text !== undefined || report.diagnostics.length > before) return text
  const folder = folderOf(path)
  const there = host.list(folder)
  const near = nearPaths(path, there).map((found) => referenceLike(reference, folder, found))
  const help =
    didYouMean(near) ??
    (isStandard(path)
      ? `The standard library has ${there.join(', ')}.`
      : isNamed(reference) && !/\.nas$/.test(reference)
        ? 'The path of a module ends with .nas.'
        : undefined)
  const fixes = near.map((found, index) => ({
    title: `change to ${found}`,
    edits: [{ ...location, text: isStandard(path) ? found : JSON.stringify(found) }],
    confidence: index === 0 && near.length === 1 ? ('likely' as const) : ('ask' as const),
  }))
  report.add(
    'missing-module',
    location,
    { module: reference },
    {
      notes: [isStandard(path) ? 'looked in the standard library' : `looked for ${path}`],
      ...(help === undefined ? {} : { help }),
      fixes,
    },
  )
  return undefined
}

/** The text; nothing where there is none, or where it cannot be read, which is reported. */
function readText(host: Host, path: string, location: SourceLocation, report: Report): string | undefined {
  try {
    return host.read(path)
  } catch (error) {
    if (!(error instanceof ReadFailure)) throw error
    report.add('unreadable-module', location, { module: path, reason: error.message })
    return undefined
  }
}

function isNamed(reference: string): boolean {
  return !isStandard(reference)
}

function baseName(path: string): string {
  return isStandard(path) ? path.slice(standardPrefix.length) : path.slice(path.lastIndexOf('/') + 1)
}

/** The modules of a folder whose names are near that of a path. */
function nearPaths(path: string, there: readonly string[]): string[] {
  const near = nearNames(baseName(path), there.map(baseName))
  return near.flatMap((name) => there.find((found) => baseName(found) === name) ?? [])
}

/** How a module of the same folder is written where `reference` was written. */
function referenceLike(reference: string, folder: string, found: string): string {
  if (folder === standardPrefix) return found
  return reference.slice(0, reference.lastIndexOf('/') + 1) + baseName(found)
}
