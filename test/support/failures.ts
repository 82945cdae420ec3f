import { Failure } from '../../src/catalogue/failure.js'

/** What a failure says, as plain data. */
export interface Said {
  readonly code: string
  readonly message: string
  readonly help: string
}

/** The failure that `action` ends with; anything else is an error. */
export async function failureOf(action: () => unknown): Promise<Said> {
  try {
    await action()
  } catch (error) {
    if (error instanceof Failure) return { code: error.code, message: error.message, help: error.help }
    throw error
  }
  throw new Error('It did not fail')
}
