import type { Fix, Outcome } from '../diagnostics/diagnostic.js'
import { createReport, type Report } from '../diagnostics/report.js'
import { isStandard } from '../modules/host.js'
import type * as ast from '../syntax/ast.js'
import type { BoundProgram } from './bind.js'
import { isFeatureMap } from './cell.js'
import type { ImportedName, ModuleScope } from './module-scope.js'
import type { References } from './references.js'
import type { NamedSymbol } from './symbol.js'

/** Warns of imports, params, parameters and lets that nothing speaks of. Of the standard library nothing is said. */
export function lintUnused({ modules, references, graph }: BoundProgram): Outcome<void> {
  const report = createReport()
  for (const scope of modules.values()) {
    if (isStandard(scope.module.path)) continue
    lintImports(scope, references, report)
    for (const symbol of scope.own.values())
      lintDeclaration(symbol, references, report, scope.module.path === graph.entry)
  }
  return report.outcome(undefined)
}

/** Is there a place in the file, other than the import itself, where the symbol is used? */
function usedIn(file: string, symbol: NamedSymbol, references: References, except?: ast.Name): boolean {
  return references.placesOf(symbol).some((location) => location.file === file && location.span !== except?.span)
}

function lintImports({ module, imported, wholes }: ModuleScope, references: References, report: Report): void {
  const file = module.path
  const byItem = new Map<ast.ImportName, ImportedName[]>()
  for (const each of imported) byItem.set(each.item, [...(byItem.get(each.item) ?? []), each])
  for (const [item, names] of byItem) {
    const [first] = names
    // A name may bring in a cell and a space: one of them is enough.
    if (first === undefined || names.some(({ symbol }) => usedIn(file, symbol, references, item.name))) continue
    report.add(
      'unused-import',
      { file, span: item.span },
      { name: first.name.text },
      {
        fixes: [removeImport(module.source.text, file, item, first.declaration)],
      },
    )
  }
  for (const { declaration, scope } of wholes) {
    if ([...scope.own.values()].some((symbol) => usedIn(file, symbol, references))) continue
    report.add(
      'unused-import',
      { file, span: declaration.span },
      { name: declaration.module.text },
      {
        help: 'Nothing of this module is used; remove the import.',
        fixes: [
          { title: 'remove the import', confidence: 'safe', edits: [{ file, span: declaration.span, text: '' }] },
        ],
      },
    )
  }
}

/** Takes the name out with the comma next to it; the whole import if it is the only one. */
function removeImport(text: string, file: string, item: ast.ImportName, declaration: ast.ImportDeclaration): Fix {
  const names = declaration.names ?? []
  if (names.length <= 1) {
    return { title: 'remove the import', confidence: 'safe', edits: [{ file, span: declaration.span, text: '' }] }
  }
  let { start, end } = item.span
  const behind = /^\s*,[^\S\n]*/.exec(text.slice(end))
  if (behind !== null) end += behind[0].length
  else start -= /,?\s*$/.exec(text.slice(0, start))?.[0].length ?? 0
  return {
    title: `remove ${item.name.text} from the import`,
    confidence: 'safe',
    edits: [{ file, span: { start, end }, text: '' }],
  }
}

function lintDeclaration(symbol: NamedSymbol, references: References, report: Report, isEntry: boolean): void {
  const { file } = symbol.location
  switch (symbol.kind) {
    case 'param':
      // What another module imports may be meant for it.
      if (isEntry && !references.used(symbol)) report.add('unused-param', symbol.location, { name: symbol.name })
      return
    case 'operation':
    case 'cell':
      for (const parameter of symbol.declaration.parameters) {
        if (symbol.kind === 'cell' && isFeatureMap(parameter)) continue
        lintLocal('unused-parameter', references.declaredAt(parameter.name), file, parameter.name, references, report)
      }
      if (symbol.kind === 'cell')
        for (const item of symbol.declaration.items) if (item.kind === 'let') lintLet(item, file, references, report)
      return
    case 'space':
      if (symbol.declaration.kind !== 'space') return
      for (const item of symbol.declaration.items) {
        if (item.kind === 'let') lintLet(item, file, references, report)
        if (item.kind !== 'network') continue
        for (const part of item.items) {
          if (part.kind === 'let') lintLet(part, file, references, report)
          if (part.kind === 'stage')
            for (const each of part.items) if (each.kind === 'let') lintLet(each, file, references, report)
        }
      }
      return
    case 'search':
      for (const clause of symbol.declaration.clauses)
        if (clause.kind === 'let') lintLet(clause, file, references, report)
      return
    default:
  }
}

function lintLet(item: ast.LetDeclaration, file: string, references: References, report: Report): void {
  lintLocal('unused-let', references.declaredAt(item.name), file, item.name, references, report)
}

function lintLocal(
  slug: 'unused-let' | 'unused-parameter',
  symbol: NamedSymbol | undefined,
  file: string,
  name: ast.Name,
  references: References,
  report: Report,
): void {
  if (symbol === undefined || name.missing || references.used(symbol)) return
  report.add(slug, { file, span: name.span }, { name: name.text })
}
