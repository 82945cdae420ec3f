import type { IToken } from 'chevrotain'
import type { Span } from '../text/source.js'

/** `//`, `///`, `//!`, block. */
export type CommentKind = 'line' | 'doc' | 'module-doc' | 'block'

/** A comment as it was written, with its marks. */
export interface Comment {
  readonly kind: CommentKind
  readonly span: Span
  readonly text: string
}

/** The text of `//!` lines, without their marks. */
export function moduleDoc(comments: readonly Comment[]): string | undefined {
  const lines = comments.filter((comment) => comment.kind === 'module-doc')
  return lines.length === 0 ? undefined : joinDocs(lines)
}

/** The text of `///` lines by the offset of the token that they stand before. */
export function docsByToken(comments: readonly Comment[], tokens: readonly IToken[]): ReadonlyMap<number, string> {
  const groups = new Map<number, Comment[]>()
  let index = 0
  for (const comment of comments) {
    if (comment.kind !== 'doc') continue
    while ((tokens[index]?.startOffset ?? Infinity) < comment.span.end) index++
    const owner = tokens[index]
    if (owner === undefined) break
    const group = groups.get(owner.startOffset)
    if (group === undefined) groups.set(owner.startOffset, [comment])
    else group.push(comment)
  }
  return new Map([...groups].map(([offset, group]) => [offset, joinDocs(group)]))
}

function joinDocs(lines: readonly Comment[]): string {
  return lines
    .map((comment) => comment.text.slice(3).replace(/^ /, '').trimEnd())
    .join('\n')
    .trim()
}
