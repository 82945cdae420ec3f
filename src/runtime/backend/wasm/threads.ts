import { Worker } from 'node:worker_threads'
import { Failure } from '../../../catalogue/failure.js'
import { kernelModulePath, kernelNames, loadKernelModule } from '../../kernels/kernel-module.js'
import type { MultiplyAdd } from '../../kernels/multiply-add.js'
import { abortRun, openTaskQueue, startRun, takeTasks, waitFor, type TaskList, type TaskQueue } from './task-queue.js'
import { threadObstacle, threadPath } from './thread-count.js'
import type { Order, ThreadData } from './thread.js'

/** Threads that help this one to run programs over one shared memory. */
export interface WasmThreads {
  /** This thread included. */
  readonly count: number
  /** Hands the calls of a program to the others: `commands` has one entry for each of them, in which `own` tasks do nothing. */
  load(list: SharedTaskList, commands: readonly Float64Array[]): SharedProgram
  /** Ends the other threads. */
  dispose(): void
}

export interface SharedTaskList extends TaskList {
  /** The tasks that only this thread can run, in order. */
  readonly own: Int32Array
}

export interface SharedProgram {
  /**
   * Runs all tasks; `work` runs one of them on this thread.
   *
   * @throws Failure NAS7008 if another thread has failed
   */
  run(work: (task: number) => void): void
  drop(): void
}

/** Seconds to wait for a thread that has taken a task and neither ends it nor says that it failed. */
const PATIENCE = 120
const SECONDS_TO_START = 30

/**
 * Starts `count - 1` threads with instances of the kernels over `memory`, which must be shared. They do not keep the
 * process alive.
 *
 * @throws Error if one does not start
 */
export async function startThreads(
  memory: WebAssembly.Memory,
  count: number,
  multiplyAdd: MultiplyAdd,
): Promise<WasmThreads> {
  const obstacle = threadObstacle()
  if (obstacle !== undefined) throw new Error(obstacle)
  const queue = openTaskQueue()
  const workers = await startWorkers({ memory, queue, multiplyAdd }, count - 1)
  const send = (order: (worker: number) => Order): void => {
    workers.forEach((worker, i) => {
      worker.postMessage(order(i))
    })
  }
  let programs = 0
  let runs = 0
  return {
    count,
    load({ gates, shared, own }, commands) {
      const program = programs++
      send((i) => ({ kind: 'load', program, list: { gates, shared }, commands: commands[i] ?? new Float64Array() }))
      return {
        run(work) {
          const run = ++runs
          startRun(queue, run)
          send(() => ({ kind: 'run', program, run }))
          try {
            takeTasks(queue, run, { gates, shared }, work, PATIENCE, own)
          } catch (error) {
            abortRun(queue, -1)
            throw error
          }
          if (!waitFor(queue, gates.length, PATIENCE)) throw threadLost()
        },
        drop() {
          send(() => ({ kind: 'drop', program }))
        },
      }
    },
    dispose: () => terminate(workers),
  }
}

interface SharedParts {
  readonly memory: WebAssembly.Memory
  readonly queue: TaskQueue
  readonly multiplyAdd: MultiplyAdd
}

/** Resolves when all of them are ready; if one is not, none is left. */
async function startWorkers({ memory, queue, multiplyAdd }: SharedParts, count: number): Promise<Worker[]> {
  const module = loadKernelModule(kernelModulePath({ shared: true, multiplyAdd }))
  const workers: Worker[] = []
  try {
    for (let number = 1; number <= count; number++) {
      const workerData: ThreadData = { number, module, memory, kernels: kernelNames, queue }
      const worker = new Worker(threadPath(), { workerData, execArgv: [] })
      workers.push(worker)
      worker.on('error', () => {
        abortRun(queue, number)
      })
    }
    await Promise.all(workers.map(readiness))
  } catch (error) {
    terminate(workers)
    throw error
  }
  for (const worker of workers) worker.unref()
  return workers
}

function terminate(workers: Worker[]): void {
  for (const worker of workers.splice(0)) void worker.terminate()
}

function readiness(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`a thread did not start in ${String(SECONDS_TO_START)} seconds`))
    }, 1000 * SECONDS_TO_START)
    const settle = (end: () => void) => () => {
      clearTimeout(timer)
      end()
    }
    worker.once('message', settle(resolve))
    worker.once('error', (error) => {
      settle(() => {
        reject(error)
      })()
    })
    worker.once(
      'exit',
      settle(() => {
        reject(new Error('a thread ended at once'))
      }),
    )
  })
}

function threadLost(): Failure {
  return new Failure('thread-failed', {})
}
