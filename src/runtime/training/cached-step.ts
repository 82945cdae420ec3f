import type { Engine, Executable } from '../backend/engine/engine.js'
import type { Step } from '../plan/step.js'

/** A step that is ready to run on the variables of its engine. */
export interface PreparedStep extends Step {
  readonly executable: Executable
}

/** A prepared step whose executable can be given up; it is prepared again if it is used all the same. */
export interface CachedStep {
  readonly prepared: PreparedStep
  evict(): void
}

/**
 * Prepares a step.
 *
 * @param onUse is told whenever the step is used, so also when it has become executable again
 */
export function cacheStep(engine: Engine, step: Step, onUse: (kept: CachedStep) => void): CachedStep {
  const first = engine.prepare(step.program)
  let executable: Executable | undefined = first
  const used = (): Executable => {
    const ready = (executable ??= engine.prepare(step.program))
    onUse(kept)
    return ready
  }
  const giveUp = (): void => {
    executable?.dispose()
    executable = undefined
  }
  const kept: CachedStep = {
    evict: giveUp,
    prepared: {
      ...step,
      executable: {
        peakBytes: first.peakBytes,
        run(inputs) {
          used().run(inputs)
        },
        read: (output) => used().read(output),
        ...(first.profile === undefined ? {} : { profile: () => used().profile?.() ?? {} }),
        dispose: giveUp,
      },
    },
  }
  onUse(kept)
  return kept
}
