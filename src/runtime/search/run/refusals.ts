import { Failure } from '../../../catalogue/failure.js'
import type { FailureSlug } from '../../../catalogue/index.js'
import type { Refusal } from '../../../catalogue/refusal.js'
import type { Ir } from '../../../ir/model/ir.js'
import { scalesOf } from '../../../space/evaluation/param-overrides.js'
import type { TextFiles } from '../../../support/text-files.js'
import { filesOf } from '../phases/phases.js'
import { resolveSearch } from './resolve-search.js'

/** What the declarations say themselves: a check warns of it where it stands, as of something that is to come. */
const planned: ReadonlySet<FailureSlug> = new Set([
  'not-available-yet',
  'component-not-available',
  'cost-not-available',
])

/**
 * Why searches of a program would be refused before they train anything: each under every scale that it has, or as it stands where
 * it has none. What is only not available yet is left out.
 *
 * @param files what the program names is read from these
 */
export function refusalsOf(ir: Ir, files: TextFiles): readonly Refusal[] {
  return ir.searches.flatMap((each) => {
    const { name: search, space } = each
    return scalesOf(each).flatMap(([scale]): readonly Refusal[] => {
      const of = scale === undefined ? { search } : { search, scale }
      const resolved = attempt(() => resolveSearch(ir, { ...of, space }))
      if (resolved instanceof Failure) return planned.has(resolved.slug) ? [] : [{ ...of, failure: resolved }]
      return filesOf(resolved).flatMap(({ file: place, check }) => {
        const failure = attempt(() => check(files))
        return failure instanceof Failure ? [{ ...of, failure, place }] : []
      })
    })
  })
}

function attempt<T>(action: () => T): T | Failure {
  try {
    return action()
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
}
