import type { OptimiserEmission } from '../../../plan/optimiser.js'
import type { ArgumentReader } from '../reader.js'
import type { Schedule } from '../schedules/schedule.js'

/** How one set of variables is moved along its gradient. */
export interface Optimiser {
  readonly emission: OptimiserEmission
  readonly learningRate: Schedule
}

export type OptimiserComponent = (read: ArgumentReader) => Optimiser
