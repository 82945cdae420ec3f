import type * as model from '../model/operation.js'
import { componentKinds } from '../model/search.js'
import { list, map, name, oneOf, record, ref, text, type Schema } from './build.js'

const expression = ref('expression')

/** Definitions for `model/operation.ts`. */
export const operationDefinitions: Readonly<Record<string, Schema>> = {
  type: oneOf(['int', 'real', 'bool', 'string', 'operation', 'set', 'tuple', 'span', 'cost', ...componentKinds]),
  parameter: record<model.IrParameter>(
    { name, type: ref('type') },
    { words: list(text), default: expression, doc: text },
  ),
  irOperation: record<model.IrOperation>(
    { id: name, name, parameters: list(ref('parameter')) },
    { doc: text, body: expression, rules: ref('rules') },
  ),
  rules: record<model.PrimitiveRules>(
    {
      requires: list(record<model.PrimitiveRules['requires'][number]>({ test: expression }, { message: text })),
      out: record<model.PrimitiveRules['out']>({}, { height: expression, width: expression, channels: expression }),
      weights: list(ref('weightRule')),
      costs: map(expression),
    },
    { macs: expression },
  ),
  weightRule: record<model.WeightRule>(
    {
      name,
      shape: list(expression),
      role: oneOf(['kernel', 'bias', 'scale', 'shift']),
      init: oneOf(['he_normal', 'he_uniform', 'linear_uniform', 'zeros', 'ones']),
    },
    { when: expression },
  ),
}
