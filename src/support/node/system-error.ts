/** What the system says. */
export type SystemError = NodeJS.ErrnoException & { readonly code: string }

/**
 * Throws an error on that is none of the system.
 * @throws the error itself
 */
export function requireSystemError(error: unknown): asserts error is SystemError {
  if ((error as NodeJS.ErrnoException).code === undefined) throw error
}
