import { Failure } from '../../../catalogue/failure.js'
import type { Engine } from '../../backend/engine/engine.js'
import type { Random } from '../../random/random.js'
import type { RunReader } from '../../run/run-directory.js'
import { hasSupernet } from '../settings/judging.js'
import type { SearchPlan } from '../settings/plan.js'
import { openSteps, type StepCache } from '../../training/steps.js'
import { initialSupernet } from '../step/supernet.js'
import { loadWeights, type KeptSupernet } from './weights-files.js'

/**
 * @param plan of the search of the run
 * @throws Failure NAS7645 if that search has no supernet
 */
export function requireSupernet({ path }: Pick<RunReader, 'path'>, plan: SearchPlan): void {
  if (!hasSupernet(plan)) throw new Failure('no-supernet', { run: path })
}

/**
 * Steps over the weights that a search has kept of its supernet.
 *
 * @param random root of all streams of the run
 * @param which as they are at the end, or as they were when networks began to be ranked
 * @throws Failure as `loadWeights`
 */
export function openKeptSupernet(
  run: RunReader,
  engine: Engine,
  random: Random,
  which: KeptSupernet = 'supernet',
): StepCache {
  return openSteps(engine, { random: initialSupernet(random), stored: loadWeights(run, { of: which }) })
}
