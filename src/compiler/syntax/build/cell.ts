import type * as Cst from '../../../../grammar/generated/cst.js'
import type { CellDeclaration, CellItem, NodeClause, NodeItem, SourceReference, Sources, SourceSet } from '../ast.js'
import { buildName, docOf, optionalProperty, many, one, spanOfNode, type BuildContext } from './common.js'
import { buildArity, buildExpression, buildRange } from './expression.js'
import { buildLet, buildParameters, buildRequirement } from './member.js'

export function buildCell(context: BuildContext, node: Cst.CellDeclarationCstNode, at: number): CellDeclaration {
  const span = spanOfNode(node, at)
  return {
    kind: 'cell',
    span,
    ...docOf(context, span),
    name: buildName(one(node.children.name), span.end),
    parameters: buildParameters(context, one(node.children.parameters), span.end),
    items: many(node.children.items).flatMap((item) => buildCellItem(context, item, span.end) ?? []),
  }
}

function buildCellItem(context: BuildContext, node: Cst.CellItemCstNode, at: number): CellItem | undefined {
  const span = spanOfNode(node, at)
  const prepare = one(node.children.prepareItem)
  if (prepare !== undefined) {
    return {
      kind: 'prepare',
      span,
      inputs: many(prepare.children.inputs).map((token) => buildName(token, span.end)),
      through: buildExpression(context, one(prepare.children.through), span.end),
    }
  }
  const graphNode = one(node.children.nodeItem)
  if (graphNode !== undefined) return buildNode(context, graphNode, at)
  const output = one(node.children.outputItem)
  if (output !== undefined) {
    return { kind: 'output', span, value: buildExpression(context, one(output.children.value), span.end) }
  }
  const constant = one(node.children.letDeclaration)
  if (constant !== undefined) return buildLet(context, constant, at)
  const requirement = one(node.children.requirement)
  return requirement && buildRequirement(context, requirement, at)
}

function buildNode(context: BuildContext, node: Cst.NodeItemCstNode, at: number): NodeItem {
  const span = spanOfNode(node, at)
  const family = one(node.children.family)
  return {
    kind: 'node',
    span,
    ...docOf(context, span),
    name: buildName(one(node.children.name), span.end),
    ...optionalProperty(
      'family',
      family && buildExpression(context, one(family.children.expression), spanOfNode(family, at).end),
    ),
    clauses: many(node.children.clauses).flatMap((clause) => buildClause(context, clause, span.end) ?? []),
  }
}

function buildClause(context: BuildContext, node: Cst.NodeClauseCstNode, at: number): NodeClause | undefined {
  const span = spanOfNode(node, at)
  const from = one(node.children.fromClause)
  if (from !== undefined) {
    return { kind: 'from', span, sources: buildSources(context, one(from.children.sources), span.end) }
  }
  const through = one(node.children.throughClause)
  if (through !== undefined) {
    return {
      kind: 'through',
      span,
      operation: buildExpression(context, one(through.children.operation), span.end),
      overrides: many(through.children.overrides).map((entry) => {
        const entrySpan = spanOfNode(entry, span.end)
        const value = one(entry.children.value)
        return {
          kind: 'override',
          span: entrySpan,
          parameter: buildName(one(entry.children.parameter), entrySpan.start),
          ...optionalProperty('value', value && buildExpression(context, value, entrySpan.end)),
          on: many(entry.children.sources).map((token) => buildName(token, entrySpan.end)),
        }
      }),
    }
  }
  const merge = one(node.children.mergeClause)
  if (merge !== undefined) return { kind: 'merge', span, by: buildName(one(merge.children.by), span.end) }
  const project = one(node.children.projectClause)
  if (project !== undefined) {
    const operation = one(project.children.through)
    return {
      kind: 'project',
      span,
      ...optionalProperty('through', operation && buildExpression(context, operation, span.end)),
    }
  }
  const constant = one(node.children.letDeclaration)
  return constant && buildLet(context, constant, at)
}

export function buildSources(context: BuildContext, node: Cst.SourcesCstNode | undefined, at: number): Sources {
  const span = spanOfNode(node, at)
  const arity = one(node?.children.arity)
  const operations = one(node?.children.operations)
  return {
    kind: 'sources',
    span,
    ...optionalProperty('arity', arity && buildArity(context, arity, span.end)),
    of: buildSourceSet(context, one(node?.children.sourceSet), span.end),
    ...optionalProperty('operations', operations && buildRange(context, operations, span.end)),
  }
}

function buildSourceSet(context: BuildContext, node: Cst.SourceSetCstNode | undefined, at: number): SourceSet {
  const span = spanOfNode(node, at)
  if (node?.children.Earlier !== undefined) return { kind: 'earlier', span }
  const sources = many(node?.children.sources).map((source) => buildSource(context, source, span.end))
  return { kind: 'listed', span, sources }
}

export function buildSource(context: BuildContext, node: Cst.SourceCstNode | undefined, at: number): SourceReference {
  const span = spanOfNode(node, at)
  const index = one(node?.children.index)
  return {
    kind: 'source',
    span,
    name: buildName(one(node?.children.name), span.start),
    ...optionalProperty(
      'index',
      index && {
        kind: 'path-index' as const,
        span: spanOfNode(index, span.end),
        index: buildExpression(context, one(index.children.expression), span.end),
      },
    ),
  }
}
