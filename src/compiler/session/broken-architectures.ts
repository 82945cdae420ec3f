import type { Diagnostic, SourceLocation } from '../diagnostics/diagnostic.js'
import { moduleOf, type ModuleGraph } from '../modules/module-graph.js'
import type * as ast from '../syntax/ast.js'

/** What of the architectures of a program has errors. */
export interface BrokenArchitectures {
  /** Items, and declarations of which more than items is wrong. */
  readonly parts: ReadonlySet<ast.SyntaxNode<string>>
  /** Names of the architectures that these belong to. */
  readonly names: ReadonlySet<string>
}

/**
 * Where errors lie, if all of them lie in architectures: nothing stands on these, so that the rest of the program means
 * what it would without them. Nothing where one lies elsewhere, or in text that could not be read.
 */
export function brokenArchitectures(
  graph: ModuleGraph,
  diagnostics: readonly Diagnostic[],
): BrokenArchitectures | undefined {
  const parts = new Set<ast.SyntaxNode<string>>()
  const names = new Set<string>()
  for (const diagnostic of diagnostics) {
    if (diagnostic.severity !== 'error') continue
    const declaration = diagnostic.code.startsWith('NAS1') ? undefined : architectureAround(graph, diagnostic)
    if (declaration === undefined) return undefined
    parts.add(itemAround(declaration.items, diagnostic) ?? declaration)
    names.add(declaration.name.text)
  }
  return { parts, names }
}

function architectureAround(graph: ModuleGraph, location: SourceLocation): ast.ArchitectureDeclaration | undefined {
  const declarations = moduleOf(graph, location.file)?.syntax.declarations ?? []
  const found = declarations.find((declaration) => holds(declaration, location))
  return found?.kind === 'architecture' ? found : undefined
}

/** The innermost item that a place lies in. */
function itemAround(
  items: readonly ast.ArchitectureItem[],
  location: SourceLocation,
): ast.ArchitectureItem | undefined {
  const item = items.find((each) => holds(each, location))
  if (item?.kind !== 'architecture-block') return item
  return itemAround(item.items, location) ?? item
}

function holds(node: ast.SyntaxNode<string>, { span }: SourceLocation): boolean {
  return node.span.start <= span.start && span.end <= node.span.end
}
