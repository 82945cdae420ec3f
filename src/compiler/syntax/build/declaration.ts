import type * as Cst from '../../../../grammar/generated/cst.js'
import type { Span } from '../../text/source.js'
import type { Declaration, ExternRule, ImportDeclaration, ModuleReference, NeedsRule } from '../ast.js'
import { buildArchitecture } from './architecture.js'
import { buildCell } from './cell.js'
import { buildName, docOf, optionalProperty, many, one, optionalName, spanOfNode, type BuildContext } from './common.js'
import { buildExpression, stringValue } from './expression.js'
import { buildAssignment, buildLet, buildParameters, buildRequirement } from './member.js'
import { buildSearch, buildSettingsDeclaration } from './search.js'
import { buildSpace } from './space.js'

export function buildImport(node: Cst.ImportDeclarationCstNode, at: number): ImportDeclaration {
  const span = spanOfNode(node, at)
  const names = one(node.children.importNames)
  return {
    kind: 'import',
    span,
    ...optionalProperty(
      'names',
      names &&
        many(names.children.names).map((entry) => {
          const nameSpan = spanOfNode(entry, span.end)
          return {
            kind: 'import-name' as const,
            span: nameSpan,
            name: buildName(one(entry.children.name), nameSpan.start),
            ...optionalProperty('alias', optionalName(one(entry.children.alias))),
          }
        }),
    ),
    module: buildModuleReference(one(node.children.moduleReference), span.end),
  }
}

function buildModuleReference(node: Cst.ModuleReferenceCstNode | undefined, at: number): ModuleReference {
  const span = spanOfNode(node, at)
  const string = one(node?.children.StringLiteral)
  const parts = many(node?.children.parts).map((part) => part.image)
  const library = one(node?.children.library)?.image ?? ''
  const text =
    string === undefined ? (parts.length === 0 ? '' : `${library}:${parts.join('/')}`) : stringValue(string.image)
  return { kind: 'module-reference', span, text }
}

export function buildDeclaration(
  context: BuildContext,
  node: Cst.DeclarationCstNode,
  at: number,
): Declaration | undefined {
  const { children } = node
  const param = one(children.paramDeclaration)
  if (param !== undefined) return buildParam(context, param, at)
  const constant = one(children.letDeclaration)
  if (constant !== undefined) return buildLet(context, constant, at)
  const op = one(children.opDeclaration)
  if (op !== undefined) return buildOp(context, op, at)
  const extern = one(children.externDeclaration)
  if (extern !== undefined) return buildExtern(context, extern, at)
  const cell = one(children.cellDeclaration)
  if (cell !== undefined) return buildCell(context, cell, at)
  const space = one(children.spaceDeclaration)
  if (space !== undefined) return buildSpace(context, space, at)
  const search = one(children.searchDeclaration)
  if (search !== undefined) return buildSearch(context, search, at)
  const settings = one(children.settingsDeclaration)
  if (settings !== undefined) return buildSettingsDeclaration(context, settings, at)
  const architecture = one(children.architectureDeclaration)
  return architecture && buildArchitecture(context, architecture, at)
}

function buildParam(context: BuildContext, node: Cst.ParamDeclarationCstNode, at: number): Declaration {
  const span = spanOfNode(node, at)
  return {
    kind: 'param',
    span,
    ...docOf(context, span),
    name: buildName(one(node.children.name), span.end),
    ...optionalProperty('type', optionalName(one(node.children.type))),
    default: buildExpression(context, one(node.children.value), span.end),
  }
}

function buildOp(context: BuildContext, node: Cst.OpDeclarationCstNode, at: number): Declaration {
  const span = spanOfNode(node, at)
  return {
    kind: 'op',
    span,
    ...docOf(context, span),
    name: buildName(one(node.children.name), span.end),
    parameters: buildParameters(context, one(node.children.parameters), span.end),
    body: buildExpression(context, one(node.children.body), span.end),
  }
}

function buildExtern(context: BuildContext, node: Cst.ExternDeclarationCstNode, at: number): Declaration {
  const span = spanOfNode(node, at)
  return {
    kind: 'extern',
    span,
    ...docOf(context, span),
    category: buildName(one(node.children.category), span.end),
    name: buildName(one(node.children.name), span.end),
    parameters: buildParameters(context, one(node.children.parameters), span.end),
    places: many(node.children.places).map((place) => ({
      kind: 'setting-place' as const,
      span: spanOfNode(place, span.end),
      clause: buildName(one(place.children.clause), span.end),
      ...optionalProperty('variables', optionalName(one(place.children.variables))),
    })),
    ...optionalProperty('planned', optionalName(one(node.children.Planned))),
    rules: many(node.children.rules).flatMap((rule) => buildRule(context, rule, span.end)),
  }
}

function buildNeeds(context: BuildContext, { children }: Cst.NeedsRuleCstNode, span: Span): NeedsRule {
  const when = one(children.when)
  return {
    ...{ kind: 'needs', span, what: buildName(one(children.what), span.end) },
    ...optionalProperty('when', when && buildExpression(context, when, span.end)),
  }
}

function buildRule(context: BuildContext, node: Cst.ExternRuleCstNode, at: number): ExternRule[] {
  const span = spanOfNode(node, at)
  const requirement = one(node.children.requirement)
  if (requirement !== undefined) {
    const rule = buildRequirement(context, requirement, at)
    return rule.kind === 'require' ? [rule] : []
  }
  const out = one(node.children.outRule)
  if (out !== undefined) {
    const assignments = many(out.children.assignments).map((entry) => buildAssignment(context, entry, span.end))
    return [{ kind: 'out', span, assignments }]
  }
  const weight = one(node.children.weightRule)
  if (weight !== undefined) {
    const { name, shape, role, init, when } = weight.children
    const condition = one(when)
    return [
      {
        kind: 'weight',
        span,
        name: buildName(one(name), span.end),
        shape: many(shape).map((entry) => buildExpression(context, entry, span.end)),
        ...optionalProperty('role', optionalName(one(role))),
        ...optionalProperty('init', optionalName(one(init))),
        ...optionalProperty('when', condition && buildExpression(context, condition, span.end)),
      },
    ]
  }
  const macs = one(node.children.macsRule)
  if (macs !== undefined) {
    return [{ kind: 'macs', span, value: buildExpression(context, one(macs.children.value), span.end) }]
  }
  const binds = one(node.children.bindsRule)
  if (binds !== undefined) {
    return [{ kind: 'binds', span, binding: buildName(one(binds.children.binding), span.end) }]
  }
  const selects = one(node.children.selectsRule)
  if (selects !== undefined) {
    return [{ kind: 'selects', span, count: buildName(one(selects.children.count), span.end) }]
  }
  const needs = one(node.children.needsRule)
  if (needs !== undefined) return [buildNeeds(context, needs, span)]
  const cost = one(node.children.costRule)
  if (cost === undefined) return []
  return [
    {
      kind: 'cost',
      span,
      convention: buildName(one(cost.children.convention), span.end),
      value: buildExpression(context, one(cost.children.value), span.end),
    },
  ]
}
