import { printValue } from '../../../space/evaluation/print-value.js'
import { isList, isOperation, type Value } from '../../../space/evaluation/value.js'
import { Failure } from '../../../catalogue/failure.js'

/** Operations that `derive … except` names, as options print them. */
export function exceptions(value: Value): readonly string[] {
  if (typeof value === 'object' && isList(value)) return value.flatMap(exceptions)
  if (typeof value !== 'object' || !isOperation(value)) {
    throw new Failure('except-no-operation', {})
  }
  return [printValue(value)]
}
