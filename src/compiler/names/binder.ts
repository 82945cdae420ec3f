import type { SourceLocation } from '../diagnostics/diagnostic.js'
import type { Report } from '../diagnostics/report.js'
import type { Library } from '../modules/library.js'
import { suggest } from '../diagnostics/suggest.js'
import type { Name, SyntaxNode } from '../syntax/ast.js'
import { decisionNames } from './decision-names.js'
import { missingImports } from './missing-imports.js'
import type { ModuleScope } from './module-scope.js'
import type { ReferenceRecorder } from './references.js'
import { requireScope, type Resolution, type Scope } from './scope.js'
import { keyOf, type NamedSymbol, type SymbolKind } from './symbol.js'

/** Where names are being resolved. */
export interface Binder {
  readonly file: string
  readonly scope: Scope
  /** The symbol in whose declaration we are. */
  readonly owner: NamedSymbol | undefined
  readonly modules: ReadonlyMap<string, ModuleScope>
  /** The standard library, where names that are not imported are looked for. */
  readonly library: Library
  readonly references: ReferenceRecorder
  readonly report: Report
  /** What a call calls here: decides the words and the near names of a message. */
  readonly calls: 'operation' | 'component'
  /** In a `require`: names may be those of decisions. */
  readonly requires?: true
}

/** What binds the test of a `require` that stands here. */
export function requireBinder(binder: Binder): Binder {
  return { ...binder, scope: requireScope(binder.scope), requires: true }
}

export function locationOf(binder: Pick<Binder, 'file'>, node: SyntaxNode<string>): SourceLocation {
  return { file: binder.file, span: node.span }
}

export type NameUse = 'value' | 'callee' | 'word' | 'text'

/** Resolves one name and records what it means. A `word` may also stand for itself; a `text` does unless it names a text. */
export function bindName(
  binder: Binder,
  name: Name,
  use: NameUse = 'value',
  kind: SymbolKind = 'param',
): Resolution | undefined {
  if (name.missing || name.text === '') return undefined
  const resolution = preferred(binder, binder.scope.lookup(keyOf(kind, name.text)))
  if (resolution === undefined || (use === 'text' && !namesValue(resolution))) {
    if (use === 'word' || use === 'text') {
      const word: Resolution = { kind: 'word', text: name.text }
      binder.references.record(name, binder.file, word, binder.owner)
      return word
    }
    reportUnknown(binder, name, use)
    return undefined
  }
  if (resolution.kind === 'ambiguous') {
    reportAmbiguous(binder, name, resolution.symbols)
    return undefined
  }
  binder.references.record(name, binder.file, resolution, binder.owner)
  return resolution
}

function namesValue(resolution: Resolution): boolean {
  if (resolution.kind !== 'symbol') return false
  const { kind } = resolution.symbol
  return kind === 'let' || kind === 'param' || kind === 'parameter' || kind === 'variable'
}

/** Of an operation and a search component of one name, the one that the place asks for is meant. */
function preferred(binder: Binder, resolution: Resolution | undefined): Resolution | undefined {
  if (resolution?.kind !== 'ambiguous') return resolution
  const [only, ...others] = resolution.symbols.filter((symbol) => callables[binder.calls].includes(symbol.kind))
  return only === undefined || others.length > 0 ? resolution : { kind: 'symbol', symbol: only }
}

const callables: Readonly<Record<Binder['calls'], readonly SymbolKind[]>> = {
  operation: ['operation', 'primitive', 'cell'],
  component: ['component'],
}

function reportUnknown(binder: Binder, name: Name, use: NameUse): void {
  const location = locationOf(binder, name)
  const slug =
    use !== 'callee' ? 'unknown-name' : binder.calls === 'operation' ? 'unknown-operation' : 'unknown-component'
  const candidates: string[] = []
  for (const [candidate, resolution] of binder.scope.entries()) {
    if (candidate.includes(' ')) continue
    if (use !== 'callee' || isCallable(resolution, binder.calls)) candidates.push(candidate)
  }
  if (binder.requires && use !== 'callee') candidates.push(...decisionNames(binder.modules))
  const near = suggest(name.text, candidates, location)
  const imports = missingImports(binder, name.text, use)
  if (imports.length === 0) {
    binder.report.add(slug, location, { name: name.text }, near)
    return
  }
  const help = `import it: ${imports.map(({ text }) => `\`${text}\``).join(' or ')}`
  const confidence = imports.length === 1 ? ('likely' as const) : ('ask' as const)
  const fixes = [
    ...imports.map(({ fix }) => ({ ...fix, confidence })),
    ...(near.fixes ?? []).map((fix) => ({ ...fix, confidence: 'ask' as const })),
  ]
  binder.report.add(slug, location, { name: name.text }, { help, fixes })
}

function isCallable(resolution: Resolution, calls: Binder['calls']): boolean {
  if (resolution.kind === 'symbol') return callables[calls].includes(resolution.symbol.kind)
  return (
    calls === 'operation' &&
    (resolution.kind === 'merge' || resolution.kind === 'form' || resolution.kind === 'function')
  )
}

function reference(path: string): string {
  return path.startsWith('std:') ? path : JSON.stringify(path)
}

function reportAmbiguous(binder: Binder, name: Name, symbols: readonly NamedSymbol[]): void {
  const paths = symbols.map((symbol) => symbol.location.file)
  binder.report.add(
    'ambiguous-name',
    locationOf(binder, name),
    { name: name.text, modules: paths.join(' and ') },
    {
      labels: symbols.map((symbol) => ({ ...symbol.location, text: 'this one' })),
      help: `Import the one that is meant by its name: ${paths
        .map((path) => `\`import { ${name.text} } from ${reference(path)}\``)
        .join(' or ')}.`,
    },
  )
}
