import type { EngineOptions } from '../../backend/choose.js'
import type { ComputeOptions } from '../../options.js'

export function engineOptions({ backend, threads }: ComputeOptions): EngineOptions {
  return { ...(backend !== undefined && { backend }), ...(threads !== undefined && { threads }) }
}
