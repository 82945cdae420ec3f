import { kernelNames, type KernelName, type Kernels } from '../../kernels/kernel-module.js'

/** A call of a kernel, as it is sent to another thread. */
export interface KernelCallRecord {
  readonly kernel: number
  readonly args: readonly number[]
}

export interface Recorder {
  /** The real kernels, except that calls while something is recorded are only noted down. */
  readonly kernels: Kernels
  record(work: () => void): readonly KernelCallRecord[]
}

/** Bound kernels are functions of no arguments that call kernels with fixed ones: run once here, they tell which. */
export function openRecorder(real: Kernels): Recorder {
  let calls: KernelCallRecord[] | undefined
  const recording = (name: KernelName, kernel: number) => {
    return (...args: readonly number[]): number => {
      if (calls === undefined) return real[name](...args)
      calls.push({ kernel, args })
      return 0
    }
  }
  const entries = kernelNames.map((name, kernel) => [name, recording(name, kernel)] as const)
  return {
    kernels: Object.fromEntries(entries) as Record<KernelName, Kernels[KernelName]>,
    record(work) {
      const noted: KernelCallRecord[] = []
      calls = noted
      try {
        work()
      } finally {
        calls = undefined
      }
      return noted
    },
  }
}

/** The calls of tasks in the form that `thread.ts` reads, in shared memory. */
export function encodeTasks(tasks: readonly (readonly KernelCallRecord[])[]): Float64Array {
  const length = tasks.reduce((sum, calls) => sum + calls.reduce((own, { args }) => own + 2 + args.length, 1), 0)
  const commands = new Float64Array(new SharedArrayBuffer(8 * length))
  let at = 0
  for (const calls of tasks) {
    commands[at++] = calls.length
    for (const { kernel, args } of calls) {
      commands[at++] = kernel
      commands[at++] = args.length
      commands.set(args, at)
      at += args.length
    }
  }
  return commands
}
