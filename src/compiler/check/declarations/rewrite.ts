import { rewritableWord } from '../../names/rewrite.js'
import type * as ast from '../../syntax/ast.js'
import { suggest } from '../../diagnostics/suggest.js'
import { resolutionOf, locationOf, type Checker } from '../checker.js'
import { reportMissing } from '../expressions/call.js'
import { expectType, inferExpression } from '../expressions/expression.js'
import { checkCellValue, checkImage } from './space.js'
import { checkSources } from './sources.js'
import { describe, join, missingIn } from '../types/type.js'

export const stageProperties = ['width', 'depth', 'stride', 'layer', 'first'] as const

/** Checks `where candidates = …, from = …, stage2.width = …`: what is put in must be of the kind that was there. */
export function checkRewrites(outer: Checker, rewrites: readonly ast.Rewrite[]): void {
  const checker: Checker = { ...outer, hasContext: true, isFixed: undefined }
  for (const rewrite of rewrites) {
    if (rewrite.kind === 'sources-rewrite') checkSources(checker, rewrite.sources, undefined, undefined)
    else checkRewrite(checker, rewrite)
  }
}

function checkRewrite(checker: Checker, rewrite: ast.ValueRewrite): void {
  const { path, value } = rewrite
  const word = rewritableWord(path.head.text)
  if (word === 'classes') expectType(checker, value, { type: 'int' })
  else if (word === 'input') checkImage(checker, value)
  else if (word === 'through') expectType(checker, value, { type: 'operation' })
  if (word !== undefined) return
  const resolution = resolutionOf(checker, path.head)
  if (resolution?.kind !== 'symbol') {
    inferExpression(checker, value)
    return
  }
  const { symbol } = resolution
  switch (symbol.kind) {
    case 'let': {
      const there: Checker = { ...checker, file: symbol.location.file }
      const before = inferExpression(there, symbol.declaration.value)
      const after = inferExpression(checker, value)
      // The uses of the `let` give what they gave to the value that was there.
      const supplied = new Set(missingIn(before).map(({ parameter }) => parameter))
      for (const missing of missingIn(after)) if (!supplied.has(missing.parameter)) reportMissing(checker, missing)
      if (join(before, after) === undefined) {
        checker.report.add(
          'wrong-type',
          locationOf(checker, value),
          { expected: describe(before), found: describe(after) },
          {
            labels: [{ ...symbol.location, text: 'what is rewritten' }],
          },
        )
      }
      return
    }
    case 'instance':
      if (path.steps[0] === undefined) checkCellValue(checker, value)
      else reportNotRewritable(checker, path.steps[0], symbol.name, [])
      return
    case 'stage': {
      const [step] = path.steps
      const property = step?.kind === 'path-field' ? stageProperties.find((name) => name === step.name.text) : undefined
      if (property === undefined) {
        reportNotRewritable(checker, step ?? path.head, symbol.name, stageProperties)
        inferExpression(checker, value)
        return
      }
      expectType(checker, value, { type: property === 'layer' || property === 'first' ? 'operation' : 'int' })
      return
    }
    default:
      inferExpression(checker, value)
  }
}

function reportNotRewritable(
  checker: Checker,
  part: ast.PathStep | ast.Name,
  owner: string,
  known: readonly string[],
): void {
  const name = part.kind === 'path-field' ? part.name : part
  const text = name.kind === 'name' ? name.text : '[…]'
  const location = locationOf(checker, name)
  checker.report.add(
    'not-rewritable',
    location,
    { name: text },
    {
      notes: [known.length === 0 ? `${owner} is rewritten as a whole` : `of ${owner}: ${known.join(', ')}`],
      ...suggest(text, known, location),
    },
  )
}
