import { suggest } from '../diagnostics/suggest.js'
import type * as ast from '../syntax/ast.js'
import { locationOf, type Binder } from './binder.js'
import { bindSources } from './cell.js'
import { bindExpression } from './expression.js'
import type { NamedSymbol } from './symbol.js'

/** What may be rewritten though nothing declares a name for it. */
export const rewritableWords = ['from', 'through', 'input', 'classes'] as const
export type RewritableWord = (typeof rewritableWords)[number]

export function rewritableWord(text: string): RewritableWord | undefined {
  return rewritableWords.find((word) => word === text)
}

/**
 * Resolves `where candidates = …, from = …`.
 *
 * @param names what the space declares itself
 * @param moduleNames what its module declares
 */
export function bindRewrites(
  binder: Binder,
  rewrites: readonly ast.Rewrite[],
  names: ReadonlyMap<string, NamedSymbol>,
  moduleNames: ReadonlyMap<string, NamedSymbol>,
): void {
  for (const rewrite of rewrites) {
    if (rewrite.kind === 'sources-rewrite') {
      bindSources(binder, rewrite.sources)
      continue
    }
    bindTarget(binder, rewrite.path.head, names, moduleNames)
    bindExpression(binder, rewrite.value, 'value')
  }
}

function bindTarget(
  binder: Binder,
  head: ast.Name,
  names: ReadonlyMap<string, NamedSymbol>,
  moduleNames: ReadonlyMap<string, NamedSymbol>,
): void {
  if (head.missing || rewritableWord(head.text) !== undefined) return
  const symbol = names.get(head.text) ?? moduleNames.get(head.text)
  if (symbol !== undefined && canBeRewritten(symbol)) {
    binder.references.record(head, binder.file, { kind: 'symbol', symbol }, binder.owner)
    return
  }
  const location = locationOf(binder, head)
  const candidates = [...names.values(), ...moduleNames.values()].filter(canBeRewritten).map(({ name }) => name)
  binder.report.add(
    'not-rewritable',
    location,
    { name: head.text },
    {
      notes: [`what can be rewritten here: ${[...rewritableWords, ...candidates].join(', ')}`],
      ...suggest(head.text, [...rewritableWords, ...candidates], location),
    },
  )
}

function canBeRewritten(symbol: NamedSymbol): boolean {
  return symbol.kind === 'let' || symbol.kind === 'stage' || symbol.kind === 'instance'
}
