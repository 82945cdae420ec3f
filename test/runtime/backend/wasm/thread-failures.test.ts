import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildKernels } from '../../../../scripts/build-kernels.mjs'
import { openWasmMemory } from '../../../../src/runtime/backend/wasm/memory.js'
import {
  abortRun,
  openTaskQueue,
  startRun,
  takeTasks,
  waitFor,
} from '../../../../src/runtime/backend/wasm/task-queue.js'
import { startThreads, type SharedTaskList, type WasmThreads } from '../../../../src/runtime/backend/wasm/threads.js'
import { kernelNames } from '../../../../src/runtime/kernels/kernel-module.js'

describe('the queue of tasks', () => {
  const gates = Int32Array.of(0, 0, 2, 2, 4)
  const list = { gates, shared: Int32Array.of(0, 1, 2, 3, 4) }

  it('hands out every task once and in order', () => {
    const queue = openTaskQueue()
    for (let run = 1; run < 5000; run += 1234) {
      startRun(queue, run)
      const taken: number[] = []
      takeTasks(queue, run, list, (task) => taken.push(task), 1)
      expect(taken).toEqual([0, 1, 2, 3, 4])
      expect(waitFor(queue, 5, 1)).toBe(true)
      // Who comes late finds nothing to do, also of the next run.
      takeTasks(queue, run, list, (task) => taken.push(task), 1)
      startRun(queue, run + 1)
      takeTasks(queue, run, list, (task) => taken.push(task), 1)
      expect(taken.length).toBe(5)
    }
  })

  it('leaves the tasks of its own to one thread, each before what waits for it', () => {
    const queue = openTaskQueue()
    const divided = { gates, shared: Int32Array.of(0, 3, 4) }
    startRun(queue, 1)
    const [taken, others]: [number[], number[]] = [[], []]
    const help = (): void => {
      takeTasks(queue, 1, divided, (task) => others.push(task), 1)
    }
    // While it does its own task 1, another takes the next task, which must wait for it, and gives up.
    const work = (task: number): void => {
      if (task === 1) help()
      taken.push(task)
    }
    takeTasks(queue, 1, divided, work, 1, Int32Array.of(1, 2))
    expect(others).toEqual([])
    expect(taken).toEqual([1, 0, 2])

    startRun(queue, 2)
    taken.length = 0
    takeTasks(queue, 2, divided, (task) => taken.push(task), 1, Int32Array.of(1, 2))
    expect(taken).toEqual([1, 0, 2, 3, 4])
    expect(waitFor(queue, 5, 1)).toBe(true)
  })

  it('ends with tasks of its own, or has no others', () => {
    const queue = openTaskQueue()
    startRun(queue, 1)
    const taken: number[] = []
    takeTasks(queue, 1, { gates, shared: Int32Array.of(0, 1) }, (task) => taken.push(task), 1, Int32Array.of(2, 3, 4))
    expect(taken).toEqual([0, 1, 2, 3, 4])
    startRun(queue, 2)
    takeTasks(queue, 2, { gates, shared: Int32Array.of() }, (task) => taken.push(task), 1, Int32Array.of(0, 1, 2, 3, 4))
    expect(taken.slice(5)).toEqual([0, 1, 2, 3, 4])
  })

  it('gives up when a thread has failed, or makes no progress for too long', () => {
    const queue = openTaskQueue()
    startRun(queue, 1)
    expect(waitFor(queue, 1, 1)).toBe(false)
    abortRun(queue, 3)
    expect(waitFor(queue, 0, 1000)).toBe(false)
  })
})

function allShared(...gates: readonly number[]): SharedTaskList {
  return { gates: Int32Array.from(gates), shared: Int32Array.from(gates.keys()), own: new Int32Array() }
}

describe('a thread that fails', () => {
  let threads: WasmThreads
  let address: number
  beforeAll(async () => {
    await buildKernels()
    const memory = await openWasmMemory(true)
    if (memory.shared === undefined) throw new Error('the memory is not shared')
    address = memory.allocate(64, 'a test').address
    threads = await startThreads(memory.shared, 2, memory.multiplyAdd)
  })
  afterAll(() => {
    threads.dispose()
  })

  it('ends the step with a failure instead of a hang, and every later one', () => {
    // One call with two arguments.
    const calls = (kernel: number) => Float64Array.of(1, kernel, 2, address, 64)
    const good = threads.load(allShared(0), [calls(kernelNames.indexOf('zero'))])
    const worked: number[] = []
    good.run((task) => worked.push(task))
    good.drop()

    const bad = threads.load(allShared(0, 1), [calls(9999)])
    const waitUntilItFailed = (): void => {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50)
    }
    const run = (): void => {
      for (let attempt = 0; attempt < 200; attempt++) bad.run(waitUntilItFailed)
    }
    expect(run).toThrow(expect.objectContaining({ code: 'NAS7008' }))
    expect(run).toThrow(/A thread of the wasm backend has failed/)
  })
})
