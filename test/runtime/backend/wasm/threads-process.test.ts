import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { packageRoot } from '../../../../src/support/node/package-root.js'

const compiled = (file: string): string => pathToFileURL(join(packageRoot(), 'dist/src/runtime', file)).href

/** Runs a script that ends with the engine `engine`; it then computes 3 * [1, 2] through 40 tasks and reports. */
function report(script: string): unknown {
  const source = `
    import { openWasmEngine } from '${compiled('backend/wasm/engine.js')}'
    import { ProgramBuilder } from '${compiled('program/builder.js')}'
    const events = ['uncaughtException', 'unhandledRejection']
    const before = events.map((event) => process.listenerCount(event))
    const division = { leastCost: 0, leastGain: 0, waveCost: 1500, taskCost: 400 }
    ${script}
    const builder = new ProgramBuilder()
    const x = builder.input('x', [2])
    const maps = Array.from({ length: 40 }, () => builder.one('relu', [x]))
    const sum = builder.one('add', maps.slice(0, 3))
    const all = builder.one('add', maps)
    const executable = engine.prepare(builder.build({ sum, all }))
    executable.run({ x: Float32Array.of(1, 2) })
    console.log(JSON.stringify({
      threads: engine.threads,
      note: engine.note,
      sum: [...executable.read('sum'), ...executable.read('all')],
      listeners: events.map((event, i) => process.listenerCount(event) - before[i]),
      worker: typeof globalThis.Worker,
    }))`
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', source], {
    cwd: packageRoot(),
    encoding: 'utf8',
    timeout: 60_000,
  })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  return JSON.parse(stdout)
}

describe('a process with threads', () => {
  const right = { sum: [3, 6, 40, 80], worker: 'undefined' }

  it('computes, ends by itself without being told, and keeps neither listeners nor a global Worker', () => {
    expect(report('const engine = await openWasmEngine({ threads: 2, division })')).toEqual({
      ...right,
      threads: 2,
      listeners: [0, 0],
    })
  })

  it('goes on with one thread where memory cannot be shared, and says so', () => {
    const script = `
      WebAssembly.Memory = new Proxy(WebAssembly.Memory, {
        construct(target, [descriptor]) {
          if (descriptor.shared) throw new Error('refused')
          return new target(descriptor)
        },
      })
      const engine = await openWasmEngine({ threads: 2, division })`
    expect(report(script)).toMatchObject({
      ...right,
      threads: 1,
      note: 'one thread instead of 2: the memory of this process is not shared',
    })
  })

  it('goes on with one thread where no thread starts, and says so', () => {
    const script = `
      import { syncBuiltinESMExports } from 'node:module'
      import workers from 'node:worker_threads'
      workers.Worker = class { constructor() { throw new Error('no more threads') } }
      syncBuiltinESMExports()
      const engine = await openWasmEngine({ threads: 2, division })`
    expect(report(script)).toMatchObject({ ...right, threads: 1, note: 'one thread instead of 2: no more threads' })
  })
})
