import type { Engine } from '../../backend/engine/engine.js'
import type { Random } from '../../random/random.js'
import type { RunReader } from '../../run/run-directory.js'
import { openSteps, type StepCache } from '../../training/steps.js'
import { initialSupernet } from '../step/supernet.js'
import { loadWeights } from './weights-files.js'

/**
 * Steps over the weights that a search has kept of its supernet.
 *
 * @param random root of all streams of the run
 * @throws Failure as `loadWeights`
 */
export function openKeptSupernet(run: RunReader, engine: Engine, random: Random): StepCache {
  return openSteps(engine, { random: initialSupernet(random), stored: loadWeights(run, { of: 'supernet' }) })
}
