import type * as Cst from '../../../../grammar/generated/cst.js'
import type {
  NetworkItem,
  Rewrite,
  SpaceDeclaration,
  SpaceItem,
  StackItem,
  StageItem,
  StageMember,
  StagePropertyName,
} from '../ast.js'
import { buildSources } from './cell.js'
import { buildName, docOf, optionalProperty, many, one, spanOfNode, type BuildContext } from './common.js'
import { buildExpression } from './expression.js'
import { buildAssignment, buildLet, buildRequirement } from './member.js'

export function buildSpace(context: BuildContext, node: Cst.SpaceDeclarationCstNode, at: number): SpaceDeclaration {
  const span = spanOfNode(node, at)
  const head = { span, ...docOf(context, span), name: buildName(one(node.children.name), span.end) }
  if (node.children.Equals !== undefined) {
    return {
      kind: 'space-rewrite',
      ...head,
      base: buildName(one(node.children.base), span.end),
      rewrites: buildRewrites(context, one(node.children.rewrites), span.end),
    }
  }
  return {
    kind: 'space',
    ...head,
    items: many(node.children.items).flatMap((item) => buildSpaceItem(context, item, span.end) ?? []),
  }
}

export function buildRewrites(context: BuildContext, node: Cst.RewritesCstNode | undefined, at: number): Rewrite[] {
  return many(node?.children.rewrites).map((rewrite): Rewrite => {
    const span = spanOfNode(rewrite, at)
    const assignment = one(rewrite.children.assignment)
    if (assignment === undefined) {
      return { kind: 'sources-rewrite', span, sources: buildSources(context, one(rewrite.children.sources), span.end) }
    }
    const { path, value } = buildAssignment(context, assignment, at)
    return { kind: 'value-rewrite', span, path, value }
  })
}

function buildSpaceItem(context: BuildContext, node: Cst.SpaceItemCstNode, at: number): SpaceItem | undefined {
  const span = spanOfNode(node, at)
  const input = one(node.children.inputItem)
  if (input !== undefined) {
    return { kind: 'input', span, value: buildExpression(context, one(input.children.value), span.end) }
  }
  const classes = one(node.children.classesItem)
  if (classes !== undefined) {
    return { kind: 'classes', span, value: buildExpression(context, one(classes.children.value), span.end) }
  }
  const cell = one(node.children.spaceCell)
  if (cell !== undefined) {
    return {
      kind: 'space-cell',
      span,
      ...docOf(context, span),
      name: buildName(one(cell.children.name), span.end),
      value: buildExpression(context, one(cell.children.value), span.end),
    }
  }
  const network = one(node.children.network)
  if (network !== undefined) {
    const items = many(network.children.items).flatMap((item) => buildNetworkItem(context, item, span.end) ?? [])
    return { kind: 'network', span, items }
  }
  const constant = one(node.children.letDeclaration)
  if (constant !== undefined) return buildLet(context, constant, at)
  const requirement = one(node.children.requirement)
  return requirement && buildRequirement(context, requirement, at)
}

function buildNetworkItem(context: BuildContext, node: Cst.NetworkItemCstNode, at: number): NetworkItem | undefined {
  const span = spanOfNode(node, at)
  const stem = one(node.children.stemItem)
  if (stem !== undefined) {
    return {
      kind: 'stem',
      span,
      parts: many(stem.children.parts).map((part) => buildExpression(context, part, span.end)),
    }
  }
  const stack = one(node.children.stackItem)
  if (stack !== undefined) return buildStack(context, stack, at)
  const stage = one(node.children.stageItem)
  if (stage !== undefined) return buildStage(context, stage, at)
  const head = one(node.children.headItem)
  if (head !== undefined) {
    return { kind: 'head', span, value: buildExpression(context, one(head.children.value), span.end) }
  }
  const constant = one(node.children.letDeclaration)
  if (constant !== undefined) return buildLet(context, constant, at)
  const requirement = one(node.children.requirement)
  const built = requirement && buildRequirement(context, requirement, at)
  return built?.kind === 'require' ? built : undefined
}

function buildStack(context: BuildContext, node: Cst.StackItemCstNode, at: number): StackItem {
  const span = spanOfNode(node, at)
  const parts = many(node.children.parts)
  const channels = one(parts.flatMap((part) => many(part.children.channels)))
  const doubled = parts.flatMap((part) => many(part.children.doubled))
  return {
    kind: 'stack',
    span,
    ...docOf(context, span),
    count: buildExpression(context, one(node.children.count), span.end),
    cell: buildName(one(node.children.cell), span.end),
    exceptions: parts
      .filter((part) => part.children.cell !== undefined)
      .map((part) => {
        const partSpan = spanOfNode(part, span.end)
        return {
          kind: 'stack-exception',
          span: partSpan,
          cell: buildName(one(part.children.cell), partSpan.start),
          at: buildExpression(context, one(part.children.at), partSpan.end),
        }
      }),
    ...optionalProperty('channels', channels && buildExpression(context, channels, span.end)),
    doubledAt: doubled.flatMap((part) => many(part.children.cells)).map((token) => buildName(token, span.end)),
  }
}

function buildStage(context: BuildContext, node: Cst.StageItemCstNode, at: number): StageItem {
  const span = spanOfNode(node, at)
  return {
    kind: 'stage',
    span,
    ...docOf(context, span),
    name: buildName(one(node.children.name), span.end),
    items: many(node.children.members).flatMap((member) => buildStageMember(context, member, span.end) ?? []),
  }
}

const stageProperties: ReadonlyMap<string, StagePropertyName> = new Map(
  (['width', 'depth', 'stride', 'layer', 'first'] as const).map((property) => [property, property]),
)

function buildStageMember(context: BuildContext, node: Cst.StageMemberCstNode, at: number): StageMember | undefined {
  const span = spanOfNode(node, at)
  const property = stageProperties.get(one(node.children.property)?.image ?? '')
  if (property !== undefined) {
    return {
      kind: 'stage-property',
      span,
      property,
      value: buildExpression(context, one(node.children.value), span.end),
    }
  }
  const constant = one(node.children.letDeclaration)
  if (constant !== undefined) return buildLet(context, constant, at)
  const requirement = one(node.children.requirement)
  const built = requirement && buildRequirement(context, requirement, at)
  return built?.kind === 'require' ? built : undefined
}
