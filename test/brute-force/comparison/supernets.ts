import { Failure } from '../../../src/catalogue/failure.js'
import { buildNetwork, relaxedBinding } from '../../../src/space/index.js'
import type { Comparison } from './case.js'

/** The supernet is built or refused. @throws what is no refusal */
export const supernets: Comparison = ({ ir, space, params }) => {
  try {
    buildNetwork(ir, space, { params, binding: relaxedBinding, mode: 'shared' })
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure
  }
  return undefined
}
