import type { StepCache } from '../../training/steps.js'
import { runStep } from '../../training/steps.js'
import type { SelectedOptions } from '../components/derivations/derivation.js'
import { measuredNetwork, type MeasuredSpace } from './measured-space.js'

/** Tells how long networks of a space take. */
export interface Clock {
  /** Milliseconds of one inference, the least of several. @param key of the architecture */
  time(key: string, taken: SelectedOptions): number
}

/** The least of so many runs, or of fewer that took so many milliseconds together. */
const runs = 12
const [fewestRuns, enough] = [3, 300]

/** @param steps over variables that all networks share, so that weights are made once */
export function openClock(measured: MeasuredSpace, steps: StepCache, batch: number): Clock {
  const { height, width, channels } = measured.input
  const images = new Float32Array(batch * height * width * channels).fill(0.5)
  const labels = new Int32Array(batch)
  return {
    time(key, taken) {
      const step = steps.prepare(`measured ${key}`, () => measuredNetwork(measured, taken), { batch, mode: 'evaluate' })
      // The first run fills caches.
      runStep(step, { images, labels })
      let [least, sum] = [Infinity, 0]
      for (let run = 0; run < runs && (run < fewestRuns || sum < enough); run++) {
        const began = performance.now()
        runStep(step, { images, labels })
        const took = performance.now() - began
        least = Math.min(least, took)
        sum += took
      }
      return least
    },
  }
}
