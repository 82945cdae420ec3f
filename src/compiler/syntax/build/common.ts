import type { CstNode, IToken } from 'chevrotain'
import type { Span } from '../../text/source.js'
import type { Name } from '../ast.js'

/**
 * What the builders of the syntax tree share. The types of the concrete tree hold for text without errors only: where
 * the parser recovered, any child can be absent. So children are read with {@link one} and {@link many}, and every
 * builder is told where (`at`) its hole would be.
 */
export interface BuildContext {
  /** Documentation by the offset of the token that it stands before. */
  readonly docs: ReadonlyMap<number, string>
  /** A number that no double can hold. */
  numberOutOfRange(span: Span, text: string): void
  /** A value where only a word could have joined it to what stands before. */
  strayValue(span: Span): void
}

/** The only child under a key, if it is there. */
export function one<T>(list: readonly T[] | undefined): T | undefined {
  return list?.[0]
}

/** The children under a key. */
export function many<T>(list: readonly T[] | undefined): readonly T[] {
  return list ?? []
}

/** `{ key: value }`, or nothing where the value is absent. */
export function optionalProperty<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  // A computed key has the type `string`; here it is exactly `K`.
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V }
}

/** The text that a node of the concrete tree covers; empty at `at` where it has no token. */
export function spanOfNode(node: CstNode | undefined, at: number): Span {
  const location = node?.location
  const start = location?.startOffset ?? NaN
  const end = (location?.endOffset ?? NaN) + 1
  return Number.isNaN(start) || Number.isNaN(end) ? { start: at, end: at } : { start, end }
}

export function spanOfToken(token: IToken): Span {
  return { start: token.startOffset, end: token.startOffset + token.image.length }
}

/** The token stands in the text; recovery did not invent it. */
export function isReal(token: IToken | undefined): token is IToken {
  return token !== undefined && token.isInsertedInRecovery !== true && !Number.isNaN(token.startOffset)
}

/** The place behind a token; `at` where recovery lost or invented it. */
export function endOfToken(token: IToken | undefined, at: number): number {
  return isReal(token) ? spanOfToken(token).end : at
}

/** Items between separators, each told where its hole would be: behind the separator before it, the first at `at`. */
export function separated<T, R>(
  items: readonly T[] | undefined,
  separators: readonly IToken[] | undefined,
  at: number,
  build: (item: T, at: number) => R,
): readonly R[] {
  return many(items).map((item, index) => build(item, endOfToken(separators?.[index - 1], at)))
}

export function buildName(token: IToken | undefined, at: number): Name {
  return isReal(token)
    ? { kind: 'name', span: spanOfToken(token), text: token.image }
    : { kind: 'name', span: { start: at, end: at }, text: '', missing: true }
}

/** A name that need not be there. */
export function optionalName(token: IToken | undefined): Name | undefined {
  return isReal(token) ? buildName(token, token.startOffset) : undefined
}

export function docOf(context: BuildContext, span: Span): { readonly doc?: string } {
  return optionalProperty('doc', context.docs.get(span.start))
}
