import { kernelNames, type KernelName, type Kernels } from '../../kernels/kernel-module.js'

/** Notes down the kernels that bound operations call, for another thread. */
export interface Recorder {
  /** The real kernels, except that calls while something is recorded are only noted down. */
  readonly kernels: Kernels
  /** Notes the calls of `run` as part of the task. */
  readonly record: (run: () => void) => void
  /** What comes next belongs to the next task. */
  endTask(): void
  /** All tasks in the form that `thread.ts` reads, in shared memory. */
  commands(): Float64Array
}

/** Bound kernels are functions of no arguments that call kernels with fixed ones: run once here, they tell which. */
export function openRecorder(real: Kernels): Recorder {
  const words: number[] = []
  /** Where the number of calls of the task stands. */
  let task = words.push(0) - 1
  let calls = 0
  let isRecording = false
  const recording = (name: KernelName, kernel: number) => {
    return (...args: readonly number[]): number => {
      if (!isRecording) return real[name](...args)
      calls++
      words.push(kernel, args.length)
      for (let i = 0; i < args.length; i++) words.push(args[i] ?? 0)
      return 0
    }
  }
  const entries = kernelNames.map((name, kernel) => [name, recording(name, kernel)] as const)
  return {
    kernels: Object.fromEntries(entries) as Record<KernelName, Kernels[KernelName]>,
    record(run) {
      isRecording = true
      try {
        run()
      } finally {
        isRecording = false
      }
    },
    endTask() {
      words[task] = calls
      task = words.push(0) - 1
      calls = 0
    },
    commands() {
      const shared = new Float64Array(new SharedArrayBuffer(8 * task))
      shared.set(words.slice(0, task))
      return shared
    },
  }
}
