import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildKernels } from '../../../../scripts/build-kernels.mjs'
import { openWasmMemory } from '../../../../src/runtime/backend/wasm/memory.js'
import { breakOff, openBoard, startRun, takeTasks, waitFor } from '../../../../src/runtime/backend/wasm/task-board.js'
import { startThreads, type SharedTaskList, type WasmThreads } from '../../../../src/runtime/backend/wasm/threads.js'
import { kernelNames } from '../../../../src/runtime/kernels/kernel-module.js'

describe('the board of tasks', () => {
  const gates = Int32Array.of(0, 0, 2, 2, 4)
  const list = { gates, shared: Int32Array.of(0, 1, 2, 3, 4) }

  it('hands out every task once and in order', () => {
    const board = openBoard()
    for (let run = 1; run < 5000; run += 1234) {
      startRun(board, run)
      const taken: number[] = []
      takeTasks(board, run, list, (task) => taken.push(task), 1)
      expect(taken).toEqual([0, 1, 2, 3, 4])
      expect(waitFor(board, 5, 1)).toBe(true)
      // Who comes late finds nothing to do, also of the next run.
      takeTasks(board, run, list, (task) => taken.push(task), 1)
      startRun(board, run + 1)
      takeTasks(board, run, list, (task) => taken.push(task), 1)
      expect(taken.length).toBe(5)
    }
  })

  it('leaves the tasks of its own to one thread, each before what waits for it', () => {
    const board = openBoard()
    const divided = { gates, shared: Int32Array.of(0, 3, 4) }
    startRun(board, 1)
    const [taken, others]: [number[], number[]] = [[], []]
    const help = (): void => {
      takeTasks(board, 1, divided, (task) => others.push(task), 1)
    }
    // While it does its own task 1, another takes the next task, which must wait for it, and gives up.
    const work = (task: number): void => {
      if (task === 1) help()
      taken.push(task)
    }
    takeTasks(board, 1, divided, work, 1, Int32Array.of(1, 2))
    expect(others).toEqual([])
    expect(taken).toEqual([1, 0, 2])

    startRun(board, 2)
    taken.length = 0
    takeTasks(board, 2, divided, (task) => taken.push(task), 1, Int32Array.of(1, 2))
    expect(taken).toEqual([1, 0, 2, 3, 4])
    expect(waitFor(board, 5, 1)).toBe(true)
  })

  it('ends with tasks of its own, or has no others', () => {
    const board = openBoard()
    startRun(board, 1)
    const taken: number[] = []
    takeTasks(board, 1, { gates, shared: Int32Array.of(0, 1) }, (task) => taken.push(task), 1, Int32Array.of(2, 3, 4))
    expect(taken).toEqual([0, 1, 2, 3, 4])
    startRun(board, 2)
    takeTasks(board, 2, { gates, shared: Int32Array.of() }, (task) => taken.push(task), 1, Int32Array.of(0, 1, 2, 3, 4))
    expect(taken.slice(5)).toEqual([0, 1, 2, 3, 4])
  })

  it('gives up when a thread has failed, or makes no progress for too long', () => {
    const board = openBoard()
    startRun(board, 1)
    expect(waitFor(board, 1, 1)).toBe(false)
    breakOff(board, 3)
    expect(waitFor(board, 0, 1000)).toBe(false)
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
