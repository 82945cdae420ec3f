import { deadChoices, findContradiction, hasConstraints, isSurelySound } from '../../analysis/index.js'
import { isEntangled, resolveParams } from '../../space/index.js'
import { Failure } from '../../catalogue/failure.js'
import type { Ir } from '../../ir/model/ir.js'
import type { IrSpace } from '../../ir/model/space.js'
import type { SourceLocation } from '../diagnostics/diagnostic.js'
import type { Report } from '../diagnostics/report.js'
import type { Provenance } from '../lower/lowering.js'
import { formatCount } from '../../support/format-quantity.js'

/** Where more hangs together than this, only `nasc count` goes through it: a check answers within a moment. */
const mostStates = 2000

/** What was found of each space, by its id: what was said of a base is not said again of what rewrites it. */
export type Findings = Map<string, Set<string>>

/** The space that another one rewrites, where the program needs it too. Spaces that a search rewrites have an `@` in their id. */
export function baseOf(ir: Ir, { base }: IrSpace): IrSpace | undefined {
  return base === undefined ? undefined : ir.spaces.find(({ id, name }) => name === base && !id.includes('@'))
}

/**
 * Says which constraints of a space exclude each other, and which options they leave to no architecture. Of a space that
 * rewrites another, only what is new is said: its base must have been proved before.
 *
 * @throws Failure where a constraint has no meaning
 */
export function verifyConstraints(
  ir: Ir,
  space: IrSpace,
  provenance: Provenance,
  report: Report,
  findings: Findings,
): void {
  if (!hasConstraints(ir, space.id)) return
  const own = findings.get(space.id) ?? new Set<string>()
  findings.set(space.id, own)
  const reported = findings.get(baseOf(ir, space)?.id ?? '')
  const isNew = (finding: string): boolean => {
    own.add(finding)
    return reported?.has(finding) !== true
  }
  const options = { params: resolveParams(ir, {}), mostStates }
  const location = provenance.get(space)
  try {
    if (isSurelySound(ir, space.id, options)) return
    const contradiction = findContradiction(ir, space.id, options)
    if (contradiction) {
      const { reach } = contradiction
      const constraints = contradiction.constraints.map(({ text }) => `\`${text}\``).join(' and ')
      if (!isNew(constraints)) return
      const locations = contradiction.constraints.flatMap(({ require }) => provenance.get(require) ?? [])
      const [first, ...others] = locations
      const at = first ?? location
      if (!at) return
      const labels = others
        .filter((other) => !isSame(other, at))
        .map((other) => ({ ...other, text: 'together with this' }))
      const rewritten = space.base !== undefined && location && !isSame(location, at)
      report.add(
        'contradiction',
        at,
        { space: space.name, constraints: constraints === '' ? 'its shapes' : constraints },
        {
          labels: [...labels, ...(rewritten ? [{ ...location, text: 'as the space is rewritten here' }] : [])],
          notes: reach
            ? [`without it, ${reach.quantity} are ${formatCount(reach.least)} to ${formatCount(reach.greatest)}`]
            : [],
        },
      )
      return
    }
    for (const { decision, option, reason, require } of deadChoices(ir, space.id, options)) {
      const text = decision.options[option] ?? ''
      // Of a space that is rewritten, the place where that is done.
      const at = (space.base === undefined && require && provenance.get(require)) || location
      if (isNew(`${decision.path} ${text}`) && at)
        report.add('dead-option', at, { option: text, decision: decision.path, reason })
    }
  } catch (failure) {
    if (!(failure instanceof Failure) || !isEntangled(failure)) throw failure
    if (isNew(failure.slug) && location)
      report.add('unproved-constraints', location, { space: space.name, limit: mostStates })
  }
}

function isSame(a: SourceLocation, b: SourceLocation): boolean {
  return a.file === b.file && a.span.start === b.span.start && a.span.end === b.span.end
}
