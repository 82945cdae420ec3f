import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import type { Diagnostic } from '../../src/compiler/diagnostics/diagnostic.js'
import type { Node, NodeKind, NodeOf, SyntaxFile } from '../../src/compiler/syntax/ast.js'
import { parse } from '../../src/compiler/syntax/parse.js'
import { walk } from '../../src/compiler/syntax/visit.js'

export const files = [
  'spaces/darts.nas',
  'src/compiler/std/nn.nas',
  'src/compiler/std/cells.nas',
  'src/compiler/std/search.nas',
] as const

export function readRepositoryFile(path: string): string {
  return readFileSync(path, 'utf8')
}

/** The tree of a text that has no mistakes. */
export function parsed(text: string): SyntaxFile {
  const { value, diagnostics } = parse({ path: 'main.nas', text })
  expect(diagnostics.map(brief(text))).toEqual([])
  return value
}

/** `code slug 'marked text'` */
export function brief(text: string): (diagnostic: Diagnostic) => string {
  return ({ code, slug, span }) => `${code} ${slug} ${JSON.stringify(text.slice(span.start, span.end))}`
}

/** The only node of a kind, or the first one. */
export function find<K extends NodeKind>(root: Node, kind: K): NodeOf<K> {
  let found: NodeOf<K> | undefined
  walk(root, (node) => {
    if (found === undefined && isKind(node, kind)) found = node
  })
  if (found === undefined) throw new Error(`no ${kind} in the tree`)
  return found
}

function isKind<K extends NodeKind>(node: Node, kind: K): node is NodeOf<K> {
  return node.kind === kind
}

/** A tree without its spans, docs and wrappings: what was understood, as plain data. */
export function plain(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(plain)
  if (node === null || typeof node !== 'object') return node
  const entries = Object.entries(node).filter(([key]) => key !== 'span')
  const record = Object.fromEntries(entries.map(([key, value]) => [key, plain(value)]))
  if (record.kind === 'name') return record.text
  if (record.kind === 'name-expression') return record.name
  if (record.kind === 'number') return record.value
  return record
}

/**
 * Every span lies in the text and in its parent's; children follow each other as they do in the text, but for phrases, out
 * of whose middle a clause may take words.
 */
export function expectSoundSpans(file: SyntaxFile, text: string): void {
  const lastChild = new Map<Node, Node>()
  walk(file, (node, parent) => {
    const { start, end } = node.span
    const before = parent && lastChild.get(parent)
    if (before !== undefined && before.kind !== 'phrase' && before.span.end > start) {
      const places = [before, node].map(({ kind, span }) => `${kind} ${span.start}..${span.end}`)
      throw new Error(`${places.join(' does not end before ')} in ${JSON.stringify(text)}`)
    }
    if (parent !== undefined) lastChild.set(parent, node)
    const bounds = parent?.span ?? { start: 0, end: text.length }
    if (!(bounds.start <= start && start <= end && end <= bounds.end)) {
      throw new Error(
        `${node.kind} ${start}..${end} is not inside of ${parent?.kind ?? 'text'} ${bounds.start}..${bounds.end} in ${JSON.stringify(text)}`,
      )
    }
  })
}

export function expectInside(diagnostics: readonly Diagnostic[], text: string): void {
  for (const { span, labels, fixes, message } of diagnostics) {
    const places = [
      span,
      ...labels.map((label) => label.span),
      ...fixes.flatMap((fix) => fix.edits.map((edit) => edit.span)),
    ]
    for (const { start, end } of places) {
      if (!(0 <= start && start <= end && end <= text.length)) {
        throw new Error(`${message}: ${start}..${end} is outside of ${JSON.stringify(text)}`)
      }
    }
  }
}
