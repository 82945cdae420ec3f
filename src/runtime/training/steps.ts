import { LRUCache } from 'lru-cache'
import type { Network } from '../../space/network/network.js'
import type { Engine } from '../backend/engine/engine.js'
import { isGradientVariable } from '../plan/accumulation.js'
import { buildStep, type Step, type StepSpec, type VariableSpec } from '../plan/step.js'
import type { Random } from '../random/random.js'
import type { ReadVariable } from './effect.js'
import { initialValues } from './initialise.js'
import { cacheStep, type CachedStep, type PreparedStep } from './cached-step.js'

export type { PreparedStep } from './cached-step.js'

/** The steps of the networks of one set of variables: weights once per path, whatever the binding. */
export interface StepCache {
  /**
   * Plans and prepares a step, or gives the one that was prepared before. Variables that do not exist yet are made. What was
   * not asked for longest is given up where there is no room for it; who still holds such a step can run it, and it is
   * prepared again.
   *
   * @param key equal for equal networks: equal binding, mode and params
   */
  prepare(key: string, network: () => Network, spec: StepSpec): PreparedStep
  /** Makes those of these variables that do not exist yet, as a step would that names them. */
  readonly create: (variables: readonly VariableSpec[]) => void
  /** The same for a step that is no pass over a network. */
  prepareStep(key: string, build: () => Step): PreparedStep
  readonly variables: StoredVariables
  /** Copies every variable that outlives a step: what a checkpoint holds. */
  snapshot(): ReadonlyMap<string, Float32Array>
  /** Frees the programs and deletes all variables of the engine. */
  dispose(): void
}

/** The variables as they stand, whether or not a step of this process has named them yet. */
export interface StoredVariables {
  readonly read: ReadVariable
  readonly write: (name: string, values: Float32Array) => void
}

/** A variable that must be there. @throws Error (a defect) where it is not */
export function readStored({ read }: Pick<StoredVariables, 'read'>, name: string): Float32Array {
  const values = read(name)
  if (values === undefined) throw new Error(`there is no variable '${name}'`)
  return values
}

export interface StepCacheOptions {
  /** Stream that first values are drawn from. */
  readonly random: Random
  /** Standard deviation of the initial logits of choices. */
  readonly deviation?: number
  /** Values from a checkpoint; they stand in place of first values. */
  readonly stored?: ReadonlyMap<string, Float32Array> | undefined
  /** Operations of all programs that are kept ready, {@link OPERATIONS} if not given. */
  readonly operations?: number
}

/** An operation takes about a KiB, and another in every further thread. */
const OPERATIONS = 60_000
/** Networks that are kept for further steps of theirs: to train, to calibrate, to evaluate. */
const NETWORKS = 4

export function openSteps(engine: Engine, options: StepCacheOptions): StepCache {
  const { variables } = engine
  const room = options.operations ?? OPERATIONS
  const networks = new LRUCache<string, Network>({ max: NETWORKS })
  const steps = new LRUCache<string, CachedStep>({
    maxSize: 2 * room,
    dispose: (step) => step.evict(),
  })
  // No step takes more than half of the cache: the last two are kept however large they are, since a search trains weights
  // and choices by turns.
  const sizeOf = ({ program }: Step): number => Math.min(2 * program.operations.length, room)

  const networkOf = (key: string, build: () => Network): Network => {
    const known = networks.get(key)
    if (known !== undefined) return known
    const network = build()
    networks.set(key, network)
    return network
  }

  const stored = new Map(options.stored)
  const read: StoredVariables['read'] = (name) => (variables.has(name) ? variables.read(name) : stored.get(name))
  const write: StoredVariables['write'] = (name, values) => {
    if (variables.has(name)) variables.write(name, values)
    else stored.set(name, values)
  }

  const create: StepCache['create'] = (specs) => {
    for (const variable of specs) {
      if (variables.has(variable.name)) continue
      const values = stored.get(variable.name) ?? initialValues(variable, options.random, options.deviation ?? 1e-3)
      variables.create(variable.name, variable.shape, values)
    }
  }

  const prepareStep = (name: string, build: () => Step): PreparedStep => {
    const known = steps.get(name)?.prepared
    if (known !== undefined) return known
    const step = build()
    create(step.variables)
    return cacheStep(engine, step, (kept) => {
      if (steps.get(name) !== kept) steps.set(name, kept, { size: sizeOf(step) })
    }).prepared
  }

  return {
    // What a plan is made of without being data, as what an objective emits, has a key that stands for it.
    prepare: (key, build, spec) =>
      prepareStep(`${key} ${JSON.stringify(spec)}`, () =>
        buildStep(networkOf(key, build), spec, { fusedKernels: engine.fusedKernels }),
      ),
    prepareStep,
    create,
    variables: { read, write },
    snapshot() {
      // What a checkpoint held and no step has named since is held again, in the order in which it came to be.
      const names = new Set([...stored.keys(), ...variables.names()])
      return new Map(
        [...names].flatMap((name) => (isGradientVariable(name) ? [] : [[name, read(name) ?? new Float32Array()]])),
      )
    },
    dispose() {
      steps.clear()
      networks.clear()
      for (const name of [...variables.names()]) variables.delete(name)
    },
  }
}

/** Runs a step with just the inputs that its program names. Throws an Error (a defect) if one of them is missing. */
export function runStep(
  step: PreparedStep,
  inputs: Readonly<Record<string, Float32Array | Int32Array | number>>,
): void {
  const supplied = step.inputs.map(({ name }) => {
    const value = inputs[name]
    if (value === undefined) throw new Error(`the step asks for an input \`${name}\` that is not given`)
    return [name, value] as const
  })
  step.executable.run(Object.fromEntries(supplied))
}
