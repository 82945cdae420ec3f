import { Failure } from '../../src/ir/failure.js'

/** The failure that `action` ends with; anything else is an error. */
export async function failureOf(action: () => unknown): Promise<Failure> {
  try {
    await action()
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
  throw new Error('It did not fail')
}
