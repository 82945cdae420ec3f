import type { Network } from '../../ir/elaborate/network.js'
import type { Engine, Executable } from '../backend/engine.js'
import { buildStep, type Step, type StepSpec } from '../plan/step.js'
import type { Random } from '../random/random.js'
import { initialValues } from './initialise.js'

/** A step that is ready to run on the variables of its engine. */
export interface PreparedStep extends Step {
  readonly executable: Executable
}

/** All steps of the networks of one set of variables: weights once per path, whatever the binding. */
export interface StepCache {
  /**
   * Plans and prepares a step, or gives the one that was prepared before. Variables that do not exist yet are made.
   * @param key equal for equal networks: equal binding, mode and params
   */
  prepare(key: string, network: () => Network, spec: StepSpec): PreparedStep
  /** Frees the programs and deletes all variables of the engine. */
  dispose(): void
}

/**
 * @param random stream that first values are drawn from
 * @param deviation of the initial logits of choices
 */
export function openSteps(engine: Engine, random: Random, deviation = 1e-3): StepCache {
  const networks = new Map<string, Network>()
  const steps = new Map<string, PreparedStep>()

  const networkOf = (key: string, build: () => Network): Network => {
    const known = networks.get(key)
    if (known !== undefined) return known
    const network = build()
    networks.set(key, network)
    return network
  }

  return {
    prepare(key, build, spec) {
      const name = `${key} ${JSON.stringify(spec)}`
      const known = steps.get(name)
      if (known !== undefined) return known
      const step = buildStep(networkOf(key, build), spec)
      for (const variable of step.variables) {
        if (engine.variables.has(variable.name)) continue
        engine.variables.create(variable.name, variable.shape, initialValues(variable, random, deviation))
      }
      const prepared = { ...step, executable: engine.prepare(step.program) }
      steps.set(name, prepared)
      return prepared
    },
    dispose() {
      for (const { executable } of steps.values()) executable.dispose()
      steps.clear()
      networks.clear()
      for (const name of [...engine.variables.names()]) engine.variables.delete(name)
    },
  }
}
