/**
 * How threads share the tasks of a program: each takes the next that nobody has taken, waits until its wave may begin,
 * and reports it done. Which thread runs a task changes nothing in its result. A thread that comes late, or never, leaves
 * its share to the others. Three words of shared memory; this file is loaded by the main thread and the others alike.
 */
export type TaskQueue = Int32Array

const NEXT = 0
const DONE = 1
const BROKEN = 2

/** The low bits of NEXT are the number of the next task, the others the run: a late thread cannot take from a new run. */
const TASK_BITS = 20
export const MOST_TASKS = 2 ** TASK_BITS - 1

export interface TaskList {
  /** By task, the number of tasks that must be done before it may begin: all of the waves before its own. Rises. */
  readonly gates: Int32Array
  /** The tasks that any thread may take, in order. The others are the main thread's own. */
  readonly shared: Int32Array
}

export function openTaskQueue(): TaskQueue {
  return new Int32Array(new SharedArrayBuffer(16))
}

/** Begins a run. All threads have left the tasks of the run before, or are late and will find that it is over. */
export function startRun(queue: TaskQueue, run: number): void {
  Atomics.store(queue, DONE, 0)
  Atomics.store(queue, NEXT, run << TASK_BITS)
}

export function abortRun(queue: TaskQueue, reason: number): void {
  Atomics.compareExchange(queue, BROKEN, 0, reason)
  Atomics.notify(queue, DONE)
}

/** 0 while nothing has failed. */
export function abortReason(queue: TaskQueue): number {
  return Atomics.load(queue, BROKEN)
}

/**
 * Works on a run until no task is left to take.
 *
 * @param patience seconds without any progress after which a wait gives up
 * @param own tasks that nobody else takes, in order
 */
export function takeTasks(
  queue: TaskQueue,
  run: number,
  { gates, shared }: TaskList,
  work: (task: number) => void,
  patience: number,
  own: Int32Array = nothing,
): void {
  const perform = (task: number): boolean => {
    if (!waitFor(queue, gates[task] ?? 0, patience)) return false
    work(task)
    const done = Atomics.add(queue, DONE, 1) + 1
    // The next wave may begin, or all is done.
    if (done === gates.length || gates[done] === done) Atomics.notify(queue, DONE)
    return true
  }
  let kept = 0
  for (;;) {
    const task = takeTask(queue, run, shared)
    const gate = task === undefined ? Infinity : (gates[task] ?? 0)
    // Its own of the waves up to that one come first: the task that was taken may wait for them.
    for (let mine = own[kept]; mine !== undefined && (gates[mine] ?? 0) <= gate; mine = own[++kept]) {
      if (!perform(mine)) return
    }
    if (task === undefined || !perform(task)) return
  }
}

const nothing = new Int32Array()

function takeTask(queue: TaskQueue, run: number, shared: Int32Array): number | undefined {
  for (;;) {
    const next = Atomics.load(queue, NEXT)
    const position = next & MOST_TASKS
    if (next - position !== run << TASK_BITS || position >= shared.length) return undefined
    if (Atomics.compareExchange(queue, NEXT, next, next + 1) === next) return shared[position]
  }
}

const SPINS = 2000

/** Waits until as many tasks are done; false if a thread has failed or nothing moves for `patience` seconds. */
export function waitFor(queue: TaskQueue, tasks: number, patience: number): boolean {
  for (let spin = 0; spin < SPINS; spin++) if (Atomics.load(queue, DONE) >= tasks) return abortReason(queue) === 0
  let idle = 0
  while (idle < patience) {
    const done = Atomics.load(queue, DONE)
    if (abortReason(queue) !== 0) return false
    if (done >= tasks) return true
    // A second at a time: a machine that slept meanwhile has not used up the patience.
    idle = Atomics.wait(queue, DONE, done, 1000) === 'timed-out' ? idle + 1 : 0
  }
  return false
}
