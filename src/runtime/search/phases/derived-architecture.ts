import { bindingOf } from '../../../space/architectures/architecture.js'
import { buildNetwork } from '../../../space/network/build-network.js'
import { printArchitecture } from '../../../architectures/print-architecture.js'
import { costOf } from '../../../space/cost/index.js'
import { dataShape, type Session, type SessionData } from '../step/session.js'
import { architectureFrom } from '../step/architecture-from.js'
import type { Derived } from '../step/derive-allowed.js'
import type { DerivedArchitecture } from './derive-phase.js'

/** The names of the classes, by which its answers are read. */
function classesComment({ dataset: { classNames } }: SessionData): string {
  return classNames === undefined ? '' : `// Classes: ${classNames.map((name) => JSON.stringify(name)).join(', ')}.\n`
}

/** Writes an architecture that was derived, or drawn to measure that by, into its file and into the journal. */
export function writeDerived(
  session: Session,
  { name, selected, unmet, isBaseline = false }: Derived & { readonly name: string; readonly isBaseline?: boolean },
): DerivedArchitecture {
  const { search, data, directory } = session
  const { ir, plan, params, standaloneParams } = search
  const architecture = architectureFrom(search, selected)
  const binding = bindingOf(architecture)
  const cost = costOf(buildNetwork(ir, plan.space, { params, binding, mode: 'standalone', ...dataShape(data) }))
  const misses = unmet.map((text) => `// Does not satisfy ${text}: the rules of derive do not look at it.\n`)
  // With the params of the network that is trained from scratch, or those of the search where none is.
  const text = misses.join('') + classesComment(data) + printArchitecture(ir, architecture, name, standaloneParams)
  session.record({
    type: 'architecture-derived',
    name,
    file: directory.writeArchitecture(name, text),
    text,
    decisions: selected,
    ...(unmet.length > 0 ? { unmet } : {}),
    ...(isBaseline && { baseline: true }),
    parameters: cost.parameters,
    macs: cost.macs,
    convention: cost.convention,
  })
  return { name, selected, parameters: cost.parameters, macs: cost.macs }
}
