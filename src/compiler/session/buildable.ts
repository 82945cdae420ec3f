import { deadIn, misfitsOf } from '../../analysis/index.js'
import { resolveParams } from '../../space/index.js'
import type { Ir } from '../../ir/model/ir.js'
import type { IrSpace } from '../../ir/model/space.js'
import type { Report } from '../diagnostics/report.js'
import type { Provenance } from '../lower/lowering.js'
import { baseOf, type Findings } from './constraints.js'
import { locateFailure } from './locate.js'

/** A check goes through no more than this to find out what does not fit: an answer within a moment. */
const limits = { mostBuilds: 1500, mostStates: 2000 }

/**
 * Warns of options with which a space cannot be built: such combinations are no architectures of it, wherever they are
 * counted, drawn or costed. Of a space that rewrites another, only what is new is said.
 *
 * @throws ElaborationFailure if none of them can be built
 */
export function verifyBuildable(
  ir: Ir,
  space: IrSpace,
  provenance: Provenance,
  report: Report,
  findings: Findings,
): void {
  const found = misfitsOf(ir, space.id, { params: resolveParams(ir, {}) }, limits)
  const [first] = found?.misfits ?? []
  if (!found || !first) return
  if (!found.isPossible) throw first.failure
  const reported = findings.get(baseOf(ir, space)?.id ?? '')
  const own = findings.get(space.id) ?? new Set<string>()
  findings.set(space.id, own)
  const dead = deadIn(found.diagram).map(
    ({ decision, option }) => `\`${decision.path} ${decision.options[option] ?? ''}\``,
  )
  for (const { failure, selections } of found.misfits) {
    // Sets of inputs that leave nothing to merge are no shapes that disagree: who writes `any 0..` knows of them.
    if (selections.length > 0 && selections.every(({ decision }) => decision.arity)) continue
    own.add(failure.message)
    if (reported?.has(failure.message) === true) continue
    const { outer, inner } = locateFailure(ir, space, provenance, failure.path)
    if (!outer) continue
    const options = selections.map(
      ({ decision, options }) => `\`${decision.path} ${options.map((option) => decision.options[option]).join(', ')}\``,
    )
    report.add(
      'unbuildable-options',
      outer,
      { space: space.name, what: failure.what.replace(/\.$/, '') },
      {
        labels: inner ? [{ ...inner, text: 'in this operation' }] : [],
        notes: [
          ...(failure.path === '' ? [] : [`at ${failure.path}`]),
          ...(options.length === 0 ? [] : [`with ${options.join(', ')}`]),
          ...(dead.length === 0 ? [] : [`so no architecture takes ${dead.join(' or ')}`]),
        ],
      },
    )
  }
}
