import type * as model from '../model/expression.js'
import { binaryOperators, contextNames } from '../model/expression.js'
import { boolean, constant, list, map, name, number, oneOf, record, ref, text, union, type Schema } from './build.js'

const expression = ref('expression')

/** Definitions for `model/expression.ts`. */
export const expressionDefinitions: Readonly<Record<string, Schema>> = {
  expression: union<model.Expression>({
    number: ref('number'),
    boolean: ref('boolean'),
    string: ref('string'),
    param: ref('param'),
    constant: ref('constant'),
    local: ref('local'),
    context: ref('context'),
    field: ref('field'),
    unary: ref('unary'),
    binary: ref('binary'),
    if: ref('if'),
    call: ref('call'),
    set: ref('set'),
    tuple: ref('tuple'),
    range: ref('range'),
    for: ref('for'),
    span: ref('span'),
    choice: ref('choice'),
    operation: ref('operation'),
    pipeline: ref('pipeline'),
    branches: ref('branches'),
    component: ref('component'),
    decision: ref('decision'),
    cost: ref('cost'),
    topology: ref('topology'),
  }),
  number: record<model.NumberExpression>({ kind: constant('number'), value: number }),
  boolean: record<model.BooleanExpression>({ kind: constant('boolean'), value: boolean }),
  string: record<model.StringExpression>({ kind: constant('string'), value: text }),
  param: record<model.ParamExpression>({ kind: constant('param'), name }),
  constant: record<model.ConstantExpression>({ kind: constant('constant'), id: name }),
  local: record<model.LocalExpression>({ kind: constant('local'), name }),
  context: record<model.ContextExpression>({ kind: constant('context'), name: oneOf(contextNames) }),
  field: record<model.FieldExpression>({
    kind: constant('field'),
    of: name,
    name: oneOf(['height', 'width', 'channels']),
  }),
  unary: record<model.UnaryExpression>({
    kind: constant('unary'),
    operator: oneOf(['-', 'not']),
    operand: expression,
  }),
  binary: record<model.BinaryExpression>({
    kind: constant('binary'),
    operator: oneOf(binaryOperators),
    left: expression,
    right: expression,
  }),
  if: record<model.IfExpression>(
    { kind: constant('if'), test: expression, then: expression },
    { otherwise: expression },
  ),
  call: record<model.CallExpression>({ kind: constant('call'), function: name, arguments: list(expression) }),
  set: record<model.SetExpression>({ kind: constant('set'), items: list(expression) }),
  tuple: record<model.TupleExpression>({ kind: constant('tuple'), items: list(expression) }),
  range: record<model.RangeExpression>(
    { kind: constant('range'), from: expression, to: expression },
    { step: expression },
  ),
  for: record<model.ForExpression>({
    kind: constant('for'),
    bindings: list(record<model.ForExpression['bindings'][number]>({ name, in: expression }), 1),
    body: expression,
  }),
  span: record<model.SpanExpression>({ kind: constant('span'), from: expression, to: expression }),
  arity: record<model.Arity>({ least: expression }, { most: expression }),
  choice: record<model.ChoiceExpression>(
    { kind: constant('choice'), label: name, options: expression },
    { arity: ref('arity'), per: oneOf(['space', 'cell', 'stage', 'layer']) },
  ),
  operation: record<model.OperationExpression>({
    kind: constant('operation'),
    operation: name,
    arguments: map(expression),
  }),
  pipeline: record<model.PipelineExpression>({ kind: constant('pipeline'), steps: list(expression, 1) }),
  branches: record<model.BranchesExpression>({
    kind: constant('branches'),
    merge: oneOf(['sum', 'concat', 'multiply', 'residual', 'same_width']),
    branches: list(expression, 1),
  }),
  component: record<model.ComponentExpression>({
    kind: constant('component'),
    component: name,
    arguments: map(expression),
  }),
  decision: record<model.DecisionExpression>({ kind: constant('decision'), path: name }),
  cost: record<model.CostExpression>({ kind: constant('cost'), cost: name }, { variant: name }),
  topology: {
    type: 'object',
    properties: {
      kind: constant('topology'),
      fact: oneOf(['edges', 'every_node']),
      reached: boolean,
      used: boolean,
      removed: boolean,
    },
    required: ['kind', 'fact'],
    additionalProperties: false,
    if: { properties: { fact: constant('every_node') } },
    then: { required: ['reached', 'used', 'removed'] },
    else: { properties: { kind: true, fact: true }, additionalProperties: false },
  },
}
