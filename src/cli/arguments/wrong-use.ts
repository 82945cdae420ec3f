import type { Failure } from '../../catalogue/failure.js'
import type { FailureSlug } from '../../catalogue/index.js'

/** Names on the command line that only the runtime can look up. */
const lookedUpLater: ReadonlySet<FailureSlug> = new Set(['unknown-search', 'unknown-scale'])

/** Whether a failure says that the command was called wrongly (exit code 2), not that a file is at fault (1). */
export function isWrongUse({ code, slug }: Failure): boolean {
  return code.startsWith('NAS8') || lookedUpLater.has(slug)
}
