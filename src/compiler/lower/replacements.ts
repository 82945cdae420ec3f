import type { Expression } from '../../ir/model/expression.js'
import type { SpaceStructure } from '../check/declarations/space-structure.js'
import type * as ast from '../syntax/ast.js'
import type { NodeRewrites } from './cell.js'
import { lowerExpression } from './expression.js'
import type { Replacement } from './lets.js'
import { labelled, type LoweringContext } from './lowering.js'

/** What rewrites put in the place of a clause or a property of a stage, the innermost first. */
export function replacementsOf({ rewrites }: SpaceStructure, head: string, property?: string): readonly Replacement[] {
  return rewrites.flatMap(({ rewrite, file }) => {
    if (rewrite.kind !== 'value-rewrite' || rewrite.path.head.text !== head) return []
    const [step] = rewrite.path.steps
    const named = step?.kind === 'path-field' ? step.name.text : undefined
    return named === property ? [{ value: rewrite.value, file }] : []
  })
}

/** The outermost of {@link replacementsOf}. */
export function replacementOf(structure: SpaceStructure, head: string, property?: string): Replacement | undefined {
  return replacementsOf(structure, head, property).at(-1)
}

/** Lowers a text, or what stands in for it; that speaks of the space before it was rewritten. */
export function lowerReplaced(
  context: LoweringContext,
  label: string,
  value: ast.Expression,
  replacement: Replacement | undefined,
): Expression {
  if (replacement === undefined) return lowerExpression(labelled(context, label), value)
  return lowerExpression(
    { ...context, file: replacement.file, variant: context.variant?.base, label },
    replacement.value,
  )
}

/** What rewrites say of all nodes of all cells. */
export function nodeRewritesOf({ variant }: LoweringContext, structure: SpaceStructure): NodeRewrites | undefined {
  if (variant === undefined) return undefined
  let sources: NodeRewrites['from']
  for (const { rewrite, file } of structure.rewrites) {
    if (rewrite.kind === 'sources-rewrite') sources = { sources: rewrite.sources, file }
  }
  const through = replacementOf(structure, 'through')
  if (sources === undefined && through === undefined) return undefined
  return {
    variant,
    ...(sources === undefined ? {} : { from: sources }),
    ...(through === undefined ? {} : { through: { operation: through.value, file: through.file } }),
  }
}
