import type * as Cst from '../../../../grammar/generated/cst.js'
import type { Assignment, LetDeclaration, Parameter, Path, PathStep, Require, RequireEvery } from '../ast.js'
import {
  buildName,
  docOf,
  optionalProperty,
  isReal,
  many,
  one,
  optionalName,
  spanOfNode,
  type BuildContext,
} from './common.js'
import { buildArguments, buildExpression, stringValue } from './expression.js'

/** The path of a decision, which an operation with arguments may begin. */
export function buildDecisionPath(
  context: BuildContext,
  node: Cst.DecisionPathCstNode | Cst.TargetCstNode | undefined,
  at: number,
): Path {
  const path = buildPath(context, node, at)
  const supplied = one(node?.children.callArguments)
  return supplied === undefined ? path : { ...path, arguments: buildArguments(context, supplied, path.head.span.end) }
}

function buildPath(
  context: BuildContext,
  node: Cst.PathCstNode | Cst.DecisionPathCstNode | Cst.TargetCstNode | undefined,
  at: number,
): Path {
  const span = spanOfNode(node, at)
  const steps = many(node?.children.steps).map((step): PathStep => {
    const stepSpan = spanOfNode(step, span.end)
    const index = one(step.children.index)
    const supplied = one(step.children.callArguments)
    return index === undefined
      ? {
          kind: 'path-field',
          span: stepSpan,
          name: buildName(one(step.children.field), stepSpan.end),
          ...optionalProperty('arguments', supplied && buildArguments(context, supplied, stepSpan.end)),
        }
      : {
          kind: 'path-index',
          span: stepSpan,
          index: buildExpression(context, one(index.children.expression), stepSpan.end),
        }
  })
  return { kind: 'path', span, head: buildName(one(node?.children.head), span.start), steps }
}

export function buildAssignment(context: BuildContext, node: Cst.AssignmentCstNode, at: number): Assignment {
  const span = spanOfNode(node, at)
  return {
    kind: 'assignment',
    span,
    path: buildPath(context, one(node.children.path), span.start),
    value: buildExpression(context, one(node.children.value), span.end),
  }
}

export function buildParameters(
  context: BuildContext,
  node: Cst.ParametersCstNode | undefined,
  at: number,
): Parameter[] {
  return many(node?.children.parameters).map((parameter): Parameter => {
    const span = spanOfNode(parameter, at)
    const value = one(parameter.children.value)
    const words = one(parameter.children.words)
    return {
      kind: 'parameter',
      span,
      ...docOf(context, span),
      name: buildName(one(parameter.children.name), span.start),
      ...optionalProperty('type', optionalName(one(parameter.children.type))),
      ...optionalProperty('words', words && many(words.children.words).map((word) => buildName(word, span.start))),
      ...optionalProperty('default', value && buildExpression(context, value, span.end)),
    }
  })
}

export function buildLet(context: BuildContext, node: Cst.LetDeclarationCstNode, at: number): LetDeclaration {
  const span = spanOfNode(node, at)
  return {
    kind: 'let',
    span,
    ...docOf(context, span),
    name: buildName(one(node.children.name), span.end),
    value: buildExpression(context, one(node.children.value), span.end),
  }
}

/** `require every node …` where it is allowed, and `require test`. */
export function buildRequirement(
  context: BuildContext,
  node: Cst.RequirementCstNode,
  at: number,
): Require | RequireEvery {
  const span = spanOfNode(node, at)
  const every = one(node.children.everyNode)
  if (every !== undefined) {
    return {
      kind: 'require-every',
      span,
      conditions: many(every.children.conditions).map((token) => buildName(token, span.end)),
      ...optionalProperty('otherwise', optionalName(one(every.children.otherwise))),
    }
  }
  const message = one(node.children.message)
  return {
    kind: 'require',
    span,
    test: buildExpression(context, one(node.children.test), span.end),
    ...optionalProperty('message', isReal(message) ? stringValue(message.image) : undefined),
  }
}
