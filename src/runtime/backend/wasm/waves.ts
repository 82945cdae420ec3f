import { at } from '../../operations/support/element.js'

/** Operations (by index) that one thread runs one after another. */
export interface Task {
  readonly operations: readonly number[]
  readonly cost: number
}

/** Tasks that need nothing of each other, the dearest first. All of them are done before the next wave begins. */
export type Wave = readonly Task[]

export interface WaveOptions {
  /** A wave is full once its tasks cost as much as this. Longer waves wait less and hold more memory. */
  readonly waveCost: number
  /** A task takes no further operation beyond this. */
  readonly taskCost: number
  /** Operations that are looked at beyond the first that has not run, so that lives of values do not grow by much. */
  readonly lookAhead: number
}

interface OpenTask {
  readonly operations: number[]
  cost: number
  /** All operations so far only prepare this one. */
  readonly prepares?: number
}

/**
 * Divides a program into waves: in the order of the program, an operation whose predecessors have run opens a task of
 * the wave, and one that needs a single task of the wave joins it.
 *
 * @param dependencies by operation, the earlier operations that it needs
 * @param costs by operation, in any unit
 * @param preparations operations that could run long before they are needed, as what is computed anew for the backward
 *   pass: by operation, the later one that it is for. They wait until that one can run, and run in its task, so that what
 *   they make is not held from wave to wave
 */
export function scheduleWaves(
  dependencies: readonly (readonly number[])[],
  costs: ArrayLike<number>,
  { waveCost, taskCost, lookAhead }: WaveOptions,
  preparations: ReadonlyMap<number, number> = new Map(),
): readonly Wave[] {
  const waves: Wave[] = []
  const done = new Uint8Array(dependencies.length)
  /** Operations whose preparations wait no longer. */
  const overdue = new Set<number>()
  const isTooEarly = (index: number): boolean => {
    const purpose = preparations.get(index)
    return (
      purpose !== undefined &&
      !overdue.has(purpose) &&
      at(dependencies, purpose).some((each) => done[each] !== 1 && !preparations.has(each))
    )
  }
  /** By operation, its task in the wave. */
  const taskOf = new Array<OpenTask | undefined>(dependencies.length).fill(undefined)
  let waiting: readonly number[] = []
  let next = 0
  while (waiting.length > 0 || next < dependencies.length) {
    const tasks: OpenTask[] = []
    let total = 0
    const window = [...waiting]
    const reach = Math.min(dependencies.length, next + lookAhead - waiting.length)
    while (next < reach) window.push(next++)
    for (let i = 0; i < window.length; i++) {
      const index = at(window, i)
      if (isTooEarly(index)) continue
      const cost = at(costs, index)
      const purpose = preparations.get(index)
      const owner = ownerOf(at(dependencies, index), taskOf, done)
      let task: OpenTask | undefined
      if (owner === 'none' && total < waveCost) {
        task = purpose === undefined ? undefined : tasks.find(({ prepares }) => prepares === purpose)
        if (task === undefined) {
          task = { operations: [], cost: 0, ...(purpose === undefined ? {} : { prepares: purpose }) }
          tasks.push(task)
        }
      } else if (typeof owner === 'object' && (total < waveCost || cost === 0)) {
        const belongs = owner.prepares === index || (purpose !== undefined && owner.prepares === purpose)
        if (cost === 0 || belongs || owner.cost + cost <= taskCost) task = owner
      }
      if (task === undefined) continue
      task.operations.push(index)
      task.cost += cost
      total += cost
      taskOf[index] = task
    }
    waiting = window.filter((index) => taskOf[index] === undefined)
    for (let i = 0; i < window.length; i++) if (taskOf[at(window, i)] !== undefined) done[at(window, i)] = 1
    if (tasks.length === 0) overdue.add(nextOverdue(waiting, preparations, overdue))
    else waves.push(tasks.sort((a, b) => b.cost - a.cost))
  }
  return joinLonely(waves)
}

/** All that can be seen waits, for something beyond or for an operation that waits itself: what need not wait any longer. */
function nextOverdue(
  waiting: readonly number[],
  preparations: ReadonlyMap<number, number>,
  overdue: ReadonlySet<number>,
): number {
  const purpose = waiting.map((index) => preparations.get(index)).find((each) => each !== undefined)
  if (purpose === undefined || overdue.has(purpose)) throw new Error('operations wait for each other')
  return purpose
}

/** The one task of the wave that an operation waits for: `none` if it waits for nothing, `several` if it must wait on. */
function ownerOf(
  dependencies: readonly number[],
  taskOf: readonly (OpenTask | undefined)[],
  done: Uint8Array,
): OpenTask | 'none' | 'several' {
  let owner: OpenTask | 'none' = 'none'
  for (let i = 0; i < dependencies.length; i++) {
    const before = at(dependencies, i)
    if (done[before] === 1) continue
    const task = taskOf[before]
    if (task === undefined || (owner !== 'none' && owner !== task)) return 'several'
    owner = task
  }
  return owner
}

/** Waves of one task that follow each other become one: nobody waits between them. */
function joinLonely(waves: readonly Wave[]): readonly Wave[] {
  const joined: Wave[] = []
  for (const wave of waves) {
    const last = joined.at(-1)
    const task = wave[0]
    const before = last?.[0]
    if (last?.length === 1 && wave.length === 1 && before !== undefined && task !== undefined) {
      joined[joined.length - 1] = [
        { operations: [...before.operations, ...task.operations], cost: before.cost + task.cost },
      ]
    } else joined.push(wave)
  }
  return joined
}

/** The time of one thread over that of `threads`, as the costs predict it. */
export function predictedSpeedup(waves: readonly Wave[], threads: number): number {
  let [alone, together] = [0, 0]
  for (const wave of waves) {
    const total = wave.reduce((sum, task) => sum + task.cost, 0)
    alone += total
    together += Math.max(total / threads, wave[0]?.cost ?? 0)
  }
  return together === 0 ? 1 : alone / together
}
