import { deadOptions, findContradiction, hasConstraints, isSurelySound } from '../../ir/analysis/index.js'
import { resolveParams } from '../../ir/elaborate/index.js'
import { Failure } from '../../ir/failure.js'
import type { Ir } from '../../ir/model/ir.js'
import type { IrSpace } from '../../ir/model/space.js'
import type { Place } from '../diagnostics/diagnostic.js'
import type { Report } from '../diagnostics/report.js'
import type { Provenance } from '../lower/lowering.js'

/** Where more hangs together than this, only `nasc count` goes through it: a check answers within a moment. */
const mostStates = 2000

/**
 * Says which constraints of a space exclude each other, and which options they leave to no architecture.
 *
 * @throws Failure where a constraint has no meaning
 */
export function proveConstraints(ir: Ir, space: IrSpace, provenance: Provenance, report: Report): void {
  // A space that a search rewrites has the constraints of its base, which were proved there.
  if (space.base !== undefined || !hasConstraints(ir, space.id)) return
  const options = { params: resolveParams(ir, {}), mostStates }
  try {
    if (isSurelySound(ir, space.id, options)) return
    const contradiction = findContradiction(ir, space.id, options)
    if (contradiction) {
      const places = contradiction.constraints.flatMap(({ require, text }) => {
        const place = provenance.get(require)
        return place ? [{ place, text }] : []
      })
      const [first, ...others] = places
      const place = first?.place ?? provenance.get(space)
      if (!place) return
      const constraints = contradiction.constraints.map(({ text }) => `\`${text}\``).join(' and ')
      report.add(
        'contradiction',
        place,
        { space: space.name, constraints: constraints === '' ? 'its shapes' : constraints },
        {
          labels: others
            .filter((other) => !isSame(other.place, place))
            .map((other) => ({ ...other.place, text: 'together with this' })),
        },
      )
      return
    }
    for (const { decision, option, reason } of deadOptions(ir, space.id, options)) {
      const place = provenance.get(space)
      if (place)
        report.add('dead-option', place, { option: decision.options[option] ?? '', decision: decision.path, reason })
    }
  } catch (failure) {
    if (!(failure instanceof Failure) || failure.code !== 'NAS6131') throw failure
    const place = provenance.get(space)
    if (place) report.add('unproved-constraints', place, { space: space.name, limit: mostStates })
  }
}

function isSame(a: Place, b: Place): boolean {
  return a.file === b.file && a.span.start === b.span.start && a.span.end === b.span.end
}
