import { parentPort, workerData } from 'node:worker_threads'
import { abortRun, takeTasks, type TaskQueue, type TaskList } from './task-queue.js'

/** What a thread is started with. */
export interface ThreadData {
  /** 1 and up; the main thread is 0. */
  readonly number: number
  readonly module: WebAssembly.Module
  readonly memory: WebAssembly.Memory
  readonly kernels: readonly string[]
  readonly queue: TaskQueue
}

export type Order =
  | { readonly kind: 'load'; readonly program: number; readonly list: TaskList; readonly commands: Float64Array }
  | { readonly kind: 'drop'; readonly program: number }
  | { readonly kind: 'run'; readonly program: number; readonly run: number }

type Kernel = (...args: readonly number[]) => number
interface Loaded {
  readonly list: TaskList
  readonly tasks: readonly (readonly (readonly [Kernel, readonly number[]])[])[]
}

/** One of the threads that help the main thread; it owns nothing but an instance of the kernels over the shared memory. */
function serve({ number, module, memory, kernels, queue }: ThreadData, port: NonNullable<typeof parentPort>): void {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } })
  const functions = kernels.map((name) => kernelOf(exports, name))
  const programs = new Map<number, Loaded>()

  port.on('message', (order: Order) => {
    try {
      if (order.kind === 'load') {
        programs.set(order.program, { list: order.list, tasks: tasksOf(order.commands, functions) })
      } else if (order.kind === 'drop') programs.delete(order.program)
      else {
        const loaded = programs.get(order.program)
        if (loaded === undefined) throw new Error('the program was not loaded')
        const work = (task: number): void => {
          for (const [kernel, args] of loaded.tasks[task] ?? []) kernel(...args)
        }
        takeTasks(queue, order.run, loaded.list, work, Infinity)
      }
    } catch (error) {
      abortRun(queue, number)
      throw error
    }
  })
  port.postMessage('ready')
}

function kernelOf(exports: Readonly<Record<string, unknown>>, name: string): Kernel {
  const kernel = exports[name]
  if (!isKernel(kernel)) throw new Error(`the kernel module lacks '${name}'`)
  return kernel
}

function isKernel(value: unknown): value is Kernel {
  return typeof value === 'function'
}

/** By task: number of calls; by call: index of the kernel, number of arguments, arguments. */
function tasksOf(commands: Float64Array, functions: readonly Kernel[]): Loaded['tasks'] {
  const tasks: (readonly [Kernel, readonly number[]])[][] = []
  let at = 0
  const next = (): number => commands[at++] ?? 0
  while (at < commands.length) {
    const calls: (readonly [Kernel, readonly number[]])[] = []
    for (let left = next(); left > 0; left--) {
      const kernel = functions[next()]
      if (kernel === undefined) throw new Error('a command names no kernel')
      calls.push([kernel, Array.from({ length: next() }, next)])
    }
    tasks.push(calls)
  }
  return tasks
}

// `threads.ts` starts this file, with such data.
if (parentPort !== null) serve(workerData as ThreadData, parentPort)
