import { bindingOf, type Architecture } from '../../../space/architectures/architecture.js'
import { buildNetwork } from '../../../space/network/build-network.js'
import { printArchitecture } from '../../../architectures/print-architecture.js'
import { costOf } from '../../../space/cost/index.js'
import { architectureFrom } from './architecture-from.js'
import { deriveAllowed } from './derive-allowed.js'
import type { Supernet } from '../step/differentiable.js'
import { evaluateInherited } from './inherited.js'
import { lastPosition } from '../../training/training-position.js'
import { readProbabilities } from '../step/probabilities.js'
import type { ResolvedSearch } from '../step/resolved-search.js'
import { dataShape, type Session } from '../step/session.js'
import type { DerivedSummary } from './state.js'
import { keepWeights } from './weights-files.js'

/** Name of the architecture that a search ends with, and of its file. */
export const derivedName = 'derived'

/** Keeps the supernet, reads the architecture off, writes it down, and tests it with the weights of the supernet. */
export async function deriveAndTest(session: Session, supernet: Supernet): Promise<DerivedSummary> {
  const { search, directory, engine, data, random } = session
  const { ir, plan, params } = search
  keepWeights(directory, 'supernet', supernet.steps.snapshot())
  const probabilities = readProbabilities(search.relaxed, engine.variables, lastPosition(plan.epochs))
  const { selected, unmet } = deriveAllowed(search, probabilities)
  const architecture = architectureFrom(search, selected)
  const binding = bindingOf(architecture)
  const cost = costOf(buildNetwork(ir, plan.space, { params, binding, mode: 'standalone', ...dataShape(data) }))
  const misses = unmet.map((text) => `// Does not satisfy ${text}: the rules of derive do not look at it.\n`)
  const text = misses.join('') + printDerived(search, architecture)
  session.record({
    type: 'architecture-derived',
    name: derivedName,
    file: directory.writeArchitecture(derivedName, text),
    text,
    decisions: selected,
    ...(unmet.length > 0 ? { unmet } : {}),
    parameters: cost.parameters,
    macs: cost.macs,
    convention: cost.convention,
  })
  const score = await evaluateInherited({ search, data, random, steps: supernet.steps, architecture })
  session.record({ type: 'evaluation', architecture: derivedName, weights: 'inherited', split: 'test', ...score })
  return { taken: selected, accuracy: score.accuracy, parameters: cost.parameters, macs: cost.macs }
}

/** With the params of the network that is trained from scratch, or those of the search where none is. */
export function printDerived({ ir, standaloneParams }: ResolvedSearch, architecture: Architecture): string {
  return printArchitecture(ir, architecture, derivedName, standaloneParams)
}
