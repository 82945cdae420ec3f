import type { SourceLocation } from '../diagnostics/diagnostic.js'
import type { Report } from '../diagnostics/report.js'
import type { ModuleScope } from './module-scope.js'
import type { References } from './references.js'
import type { NamedSymbol, SymbolKind } from './symbol.js'

const looked: readonly SymbolKind[] = [
  ...(['param', 'let', 'operation', 'primitive', 'cell', 'space'] as const),
  ...(['search', 'settings'] as const),
]

interface Mention {
  readonly symbol: NamedSymbol
  /** Where the next one is mentioned. */
  readonly location: SourceLocation
}

/** Nothing may be defined by itself: every circle is reported once. */
export function reportCycles(modules: ReadonlyMap<string, ModuleScope>, references: References, report: Report): void {
  const finished = new Set<NamedSymbol>()
  const visit = (symbol: NamedSymbol, path: readonly Mention[]): void => {
    if (finished.has(symbol)) return
    const start = path.findIndex((step) => step.symbol === symbol)
    if (start >= 0) {
      reportCycle(path.slice(start), report)
      return
    }
    for (const [next, location] of references.mentionsOf(symbol)) {
      if (looked.includes(next.kind)) visit(next, [...path, { symbol, location: location }])
    }
    finished.add(symbol)
  }
  for (const { own } of modules.values()) for (const symbol of own.values()) visit(symbol, [])
}

function reportCycle(steps: readonly Mention[], report: Report): void {
  const [first, ...rest] = steps
  if (first === undefined) return
  const names = [...steps.map(({ symbol }) => symbol.name), first.symbol.name].join(' -> ')
  report.add(
    'circular-definition',
    first.symbol.location,
    { name: first.symbol.name, path: names },
    {
      labels: [
        {
          ...first.location,
          text: rest.length === 0 ? 'mentions itself here' : `mentions ${rest[0]?.symbol.name ?? ''} here`,
        },
        ...rest.map(({ symbol, location: location }, index) => ({
          ...location,
          text: `${symbol.name} mentions ${(rest[index + 1] ?? first).symbol.name} here`,
        })),
      ],
    },
  )
}
