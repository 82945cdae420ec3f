import { stateIn } from '../check/declarations/architecture.js'
import { foldNumber, foldOptions } from '../check/expressions/fold.js'
import type { SourceLocation } from '../diagnostics/diagnostic.js'
import { pathTextAt } from '../names/path-text.js'
import type * as ast from '../syntax/ast.js'
import type { Span } from '../text/source.js'
import { checkerAt, type LoweringContext } from './lowering.js'

/** A part of the path of a decision, `layer[2]` of `mb2.layer[2].kernel`, and where it is written. */
export interface PathPart {
  readonly text: string
  readonly location: SourceLocation
}

/** The path of a decision, by parts. */
export type BoundPath = readonly PathPart[]

/** More paths than this are never meant by one: a range of layers is short. */
const mostPaths = 10_000

/** The paths that one means behind each of the prefixes: `layer[2..4]` is three of them. */
export function boundPaths(
  context: LoweringContext,
  prefixes: readonly BoundPath[],
  path: ast.Path,
): readonly BoundPath[] {
  const { file } = context
  const { program } = context.lowering.checked
  const partAt = (span: Span): PathPart => ({ text: pathTextAt(program, file, span), location: { file, span } })
  const head = partAt({ start: path.head.span.start, end: path.steps[0]?.span.start ?? path.span.end })
  let paths: readonly BoundPath[] = prefixes.map((prefix) => [...prefix, head])
  for (const step of path.steps) {
    if (step.kind === 'path-field') {
      const part = partAt({ start: step.name.span.start, end: step.span.end })
      paths = paths.map((parts) => [...parts, part])
    } else {
      const indices = indicesOf(context, step, Math.floor(mostPaths / paths.length))
      paths = paths.flatMap((parts) => indices.map((index) => withIndex(parts, index, step)))
    }
  }
  return paths
}

/** `mb2.layer[2].kernel` */
export function textOf(path: BoundPath): string {
  return path.map(({ text }) => text).join('.')
}

/** `[1]`, `[s0]`; what is no constant number, and a range with more than `most` numbers, stands for no decision. */
function indicesOf(context: LoweringContext, step: ast.PathIndex, most: number): readonly string[] {
  const state = stateIn(step)
  if (state !== undefined) return [state]
  const checker = checkerAt(context)
  if (step.index.kind !== 'range') return [String(foldNumber(checker, step.index) ?? '')]
  const options = foldOptions(checker, step.index) ?? []
  const found = options.flatMap(({ value }) => (value?.kind === 'number' ? [String(value.value)] : []))
  return found.length > 0 && found.length <= most ? found : ['..']
}

function withIndex(parts: BoundPath, index: string, { span }: ast.PathIndex): BoundPath {
  const last = parts.at(-1)
  if (last === undefined) return parts
  const { file, span: name } = last.location
  const part = { text: `${last.text}[${index}]`, location: { file, span: { start: name.start, end: span.end } } }
  return [...parts.slice(0, -1), part]
}
