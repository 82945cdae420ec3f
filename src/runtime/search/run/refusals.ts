import { Failure } from '../../../catalogue/failure.js'
import type { FailureSlug } from '../../../catalogue/index.js'
import type { Refusal } from '../../../catalogue/refusal.js'
import type { Ir } from '../../../ir/model/ir.js'
import { scalesOf } from '../../../space/evaluation/param-overrides.js'
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
 */
export function refusalsOf(ir: Ir): readonly Refusal[] {
  return ir.searches.flatMap((each) => {
    const { name: search, space } = each
    return scalesOf(each).flatMap(([scale]): readonly Refusal[] => {
      const of = scale === undefined ? { search } : { search, scale }
      try {
        resolveSearch(ir, { ...of, space })
        return []
      } catch (error) {
        if (!(error instanceof Failure)) throw error
        return planned.has(error.slug) ? [] : [{ ...of, failure: error }]
      }
    })
  })
}
