import type { Ir } from '../../ir/model/ir.js'
import { largestOption } from '../binding/bound-options.js'
import { createDecider } from '../binding/create-decider.js'
import type { Binding } from '../decisions/binding.js'
import { integerIn, rootEnvironment, withLets } from '../evaluation/evaluate.js'
import type { ParamValues } from '../evaluation/params.js'
import type { Shape } from '../evaluation/shape.js'
import { spaceOf } from '../expressions/definitions.js'
import { choosesResolution, inputShape } from './images.js'

/** What a space says of the images that it is made for. */
export interface LargestImages {
  /** At the largest resolution, where that is a choice. */
  readonly input: Shape
  readonly choosesResolution: boolean
  readonly classes: number
}

/** @throws ElaborationFailure where an expression has no value */
export function largestImages(ir: Ir, space: string, params: ParamValues): LargestImages {
  const declaration = spaceOf(ir, space)
  const largest: Binding = (decision) => ({ kind: 'fixed', options: [largestOption(decision)] })
  const built = { space: declaration, decider: createDecider(largest) }
  const environment = withLets(rootEnvironment(ir, params, built), declaration.lets)
  return {
    input: inputShape(environment, declaration),
    choosesResolution: choosesResolution(environment, declaration),
    classes: integerIn({ ...environment, at: 'classes' }, declaration.classes),
  }
}
