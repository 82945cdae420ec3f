import type * as Cst from '../../../../grammar/generated/cst.js'
import type { ArchitectureDeclaration, ArchitectureItem, ExpectItem, ExpectOperator, WithItem } from '../ast.js'
import { buildSource } from './cell.js'
import { buildName, docOf, optionalProperty, many, one, spanOfNode, type BuildContext } from './common.js'
import { buildAdditive, buildExpression } from './expression.js'
import { buildAssignment, buildDecisionPath } from './member.js'

export function buildArchitecture(
  context: BuildContext,
  node: Cst.ArchitectureDeclarationCstNode,
  at: number,
): ArchitectureDeclaration {
  const span = spanOfNode(node, at)
  return {
    kind: 'architecture',
    span,
    ...docOf(context, span),
    name: buildName(one(node.children.name), span.end),
    space: buildName(one(node.children.space), span.end),
    items: buildItems(context, one(node.children.architectureBody), span.end),
  }
}

function buildItems(
  context: BuildContext,
  node: Cst.ArchitectureBodyCstNode | undefined,
  at: number,
): ArchitectureItem[] {
  return many(node?.children.items).flatMap((item) => {
    const assignments = one(item.children.withItem)
    if (assignments !== undefined) return [buildWith(context, assignments, at)]
    const expect = one(item.children.expectItem)
    if (expect !== undefined) return [buildExpect(context, expect, at)]
    const binding = one(item.children.bindingItem)
    return binding === undefined ? [] : [buildBinding(context, binding, at)]
  })
}

function buildBinding(context: BuildContext, node: Cst.BindingItemCstNode, at: number): ArchitectureItem {
  const span = spanOfNode(node, at)
  const path = buildDecisionPath(context, one(node.children.decisionPath), span.start)
  const list = one(node.children.layerList)
  if (list !== undefined) {
    const values = many(list.children.values).map((value) => buildExpression(context, value, span.end))
    return { kind: 'layers', span, path, values }
  }
  const body = one(node.children.architectureBody)
  if (body !== undefined) return { kind: 'architecture-block', span, path, items: buildItems(context, body, span.end) }
  const values = many(one(node.children.edges)?.children.values)
  if (!values.some((value) => value.children.Of !== undefined)) {
    return { kind: 'value-item', span, path, value: buildExpression(context, one(values[0]?.children.value), span.end) }
  }
  return {
    kind: 'edges',
    span,
    path,
    edges: values.map((value) => {
      const edgeSpan = spanOfNode(value, span.end)
      return {
        kind: 'edge',
        span: edgeSpan,
        operation: buildExpression(context, one(value.children.value), edgeSpan.end),
        source: buildSource(context, one(value.children.source), edgeSpan.end),
      }
    }),
  }
}

const operators: ReadonlyMap<string, ExpectOperator> = new Map(
  (['=', '==', '!=', '<', '<=', '>', '>='] as const).map((operator) => [operator, operator]),
)

function buildWith(context: BuildContext, node: Cst.WithItemCstNode, at: number): WithItem {
  const span = spanOfNode(node, at)
  const assignments = many(node.children.assignments).map((entry) => buildAssignment(context, entry, span.end))
  return { kind: 'with', span, assignments }
}

function buildExpect(context: BuildContext, node: Cst.ExpectItemCstNode, at: number): ExpectItem {
  const span = spanOfNode(node, at)
  const { cost, Equals, ComparisonOperator, value, within } = node.children
  const tolerance = one(within)
  return {
    kind: 'expect',
    span,
    cost: buildAdditive(context, one(cost), span.end),
    operator: operators.get((one(Equals) ?? one(ComparisonOperator))?.image ?? '=') ?? '=',
    value: buildAdditive(context, one(value), span.end),
    ...optionalProperty('within', tolerance && buildAdditive(context, tolerance, span.end)),
  }
}
