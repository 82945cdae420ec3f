import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Failure } from '../../../../src/catalogue/failure.js'
import { openCpuEngine } from '../../../../src/runtime/backend/cpu/engine.js'
import { planMemory } from '../../../../src/runtime/backend/engine/memory-plan.js'
import { packIntervals } from '../../../../src/runtime/backend/engine/pack-intervals.js'
import { kernelOf } from '../../../../src/runtime/backend/wasm/kernel-table.js'
import { openWasmMemory } from '../../../../src/runtime/backend/wasm/memory.js'
import { ProgramBuilder } from '../../../../src/runtime/program/builder.js'
import type { Program, ValueId } from '../../../../src/runtime/program/program.js'
import { randomMaps, SHAPE, SIZE } from '../../../support/random-maps.js'
import { expectClose, noise, openWasm } from '../../../support/compare-operation.js'

/** A random program over maps of one shape, in which most values die early. */
function randomProgram(choices: readonly number[]): Program {
  const builder = new ProgramBuilder()
  const maps: ValueId[] = [builder.input('a', SHAPE), builder.input('b', SHAPE)]
  const weights = builder.variable('weights', [4])
  const depthwise = builder.variable('depthwise', [3, 3, 6])
  const pointwise = builder.variable('pointwise', [1, 1, 6, 6])
  const vector = builder.variable('vector', [6])
  const pick = (choice: number): ValueId => maps[maps.length - 1 - (choice % Math.min(4, maps.length))] ?? 0
  for (const choice of choices) {
    const [x, y] = [pick(choice >> 4), pick(choice >> 8)]
    const kind = choice % 12
    const made = randomMaps(builder, kind, { x, y, terms: [x, y], weights, depthwise, pointwise })
    if (made !== undefined) {
      maps.push(...made)
      continue
    }
    switch (kind) {
      case 8:
        maps.push(builder.one('scale_by_entry', [weights, x], { index: 1 }))
        break
      case 9:
        maps.push(builder.one('bias_add', [x, vector]))
        break
      case 10:
        maps.push(builder.one('max_pool2d', [x], { kernel: 3, stride: 1 }))
        break
      default:
        maps.push(builder.one('softmax', [builder.one('multiply', [x, x])], { temperature: 1 }))
    }
  }
  const outputs = Object.fromEntries(maps.slice(-3).map((id, i) => [`out${String(i)}`, id]))
  return builder.build({ ...outputs, first: maps[2] ?? 0 })
}

describe('the memory plan', () => {
  it('changes no result, whatever shares memory', async () => {
    const [shared, separate] = [await openWasm(), await openWasm({ reuse: false })]
    const variables = { weights: [4], depthwise: [3, 3, 6], pointwise: [1, 1, 6, 6], vector: [6] }
    for (const engine of [shared, separate]) {
      Object.entries(variables).forEach(([name, shape], i) => {
        engine.variables.create(
          name,
          shape,
          noise(
            shape.reduce((a, b) => a * b),
            i + 5,
          ),
        )
      })
    }
    const inputs = { a: noise(SIZE, 1), b: noise(SIZE, 2) }
    fc.assert(
      fc.property(fc.array(fc.nat(4095), { minLength: 1, maxLength: 40 }), (choices) => {
        const program = randomProgram(choices)
        const results = [shared, separate].map((engine) => {
          const executable = engine.prepare(program)
          // Twice: the first run leaves its values in the arena.
          executable.run({ a: inputs.b, b: inputs.a })
          executable.run(inputs)
          const read = Object.keys(program.outputs).map((name) => executable.read(name))
          executable.dispose()
          return read
        })
        expect(results[0]).toEqual(results[1])
        expect(results.flat().every((numbers) => numbers.every(Number.isFinite))).toBe(true)
      }),
      { numRuns: 150, seed: 1 },
    )
    shared.dispose()
    separate.dispose()
  })

  it('lets a chain of elementwise operations run in the memory of its input', () => {
    const builder = new ProgramBuilder()
    let x = builder.input('x', [1024])
    for (let i = 0; i < 10; i++) x = builder.one('relu', [builder.one('reshape', [x], { shape: [1024] })])
    const plan = planMemory(builder.build({ sum: builder.one('dot', [x, x]) }), kernelOf)
    expect(plan.arenaBytes).toBe(4096)
    expect(plan.elided.size).toBe(10)
  })

  it('does not overwrite what is read later, and never a variable', () => {
    const builder = new ProgramBuilder()
    const [x, w] = [builder.input('x', [64]), builder.variable('w', [64])]
    const a = builder.one('relu', [x])
    const b = builder.one('add', [a, w])
    const c = builder.one('add', [a, b])
    const plan = planMemory(builder.build({ y: builder.one('dot', [c, c]) }), kernelOf)
    const at = (id: ValueId) => plan.slots[id]
    expect(at(a)).toEqual(at(x))
    expect(at(b)).not.toEqual(at(a))
    expect(at(w)).toEqual({ area: 'variable', name: 'w' })
    expect(plan.arenaBytes).toBe(512)
  })

  it('packs without overlap and near the lower bound', () => {
    const interval = fc.record({ bytes: fc.integer({ min: 1, max: 99 }), start: fc.nat(50), length: fc.nat(12) })
    fc.assert(
      fc.property(fc.array(interval, { maxLength: 60 }), (items) => {
        const intervals = items.map(({ bytes, start, length }) => ({ bytes, start, end: start + length }))
        const { offsets, bytes, liveBytes } = packIntervals(intervals)
        intervals.forEach((a, i) => {
          intervals.slice(i + 1).forEach((b, j) => {
            const [from, to] = [offsets[i] ?? 0, offsets[i + 1 + j] ?? 0]
            const together = a.start <= b.end && b.start <= a.end
            expect(together && from < to + b.bytes && to < from + a.bytes).toBe(false)
          })
        })
        expect(bytes).toBeGreaterThanOrEqual(liveBytes)
        expect(bytes).toBeLessThanOrEqual(2 * liveBytes)
      }),
      { numRuns: 100, seed: 2 },
    )
  })

  it('refuses a program that cannot fit, with the numbers', async () => {
    const engine = await openWasm()
    const builder = new ProgramBuilder()
    const [a, b] = [0, 1].map(() => builder.one('zeros', [], { shape: [3, 1024, 1024, 256] }))
    const program = builder.build({ y: builder.one('dot', [a ?? 0, b ?? 0]) })
    expect(() => engine.prepare(program)).toThrow(Failure)
    expect(() => engine.prepare(program)).toThrow(/needs 6144 MiB.* ends at 4096 MiB/)
    engine.dispose()
  })
})

describe('the memory of temporaries', () => {
  it('grows where it is, though variables come to be and programs are kept', async () => {
    const engine = await openWasm()
    const memory = await openWasmMemory()
    const MEBIBYTE = 2 ** 18
    const run = (name: string, mebibytes: number) => {
      const builder = new ProgramBuilder()
      const x = builder.one('fill', [], { shape: [mebibytes, MEBIBYTE], value: 2 })
      const product = builder.one('multiply', [x, x])
      const sum = builder.one('scale', [builder.one('dot', [product, x]), builder.variable(name, [])])
      const executable = engine.prepare(builder.build({ sum }))
      executable.run({})
      return { executable, expected: 8 * mebibytes * MEBIBYTE }
    }
    const grown = memory.size()
    const made = [20, 40, 60, 80, 100].map((mebibytes, i) => {
      engine.variables.create(`w${String(i)}`, [], Float32Array.of(1))
      return run(`w${String(i)}`, mebibytes)
    })
    // The greatest peak is 200 MiB; all of them side by side are 600 MiB.
    expect(memory.size() - grown).toBeLessThan(220 * 2 ** 20)
    // Programs that were bound to where the arena was before run where it is now.
    for (const { executable, expected } of made) {
      executable.run({})
      expect((executable.read('sum')[0] ?? NaN) / expected).toBeCloseTo(1, 4)
    }
    for (const { executable } of made) executable.dispose()
    engine.dispose()
  })
})

describe('the memory shared with tfjs', () => {
  const product = (): number[] => {
    const [a, b] = [tf.tensor2d([[1, 2, 3]]), tf.tensor2d([[4], [5], [6]])]
    const result = [...tf.matMul(a, b).dataSync(), ...tf.exp(tf.scalar(0)).dataSync()]
    tf.dispose([a, b])
    return result
  }

  it('tfjs works before and after, and its tensors share the memory of variables', async () => {
    const engine = await openWasm()
    expect(product()).toEqual([32, 1])
    engine.variables.create('w', [2, 2], Float32Array.of(1, 2, 3, 4))
    const tensor = engine.variables.tensor('w')
    const builder = new ProgramBuilder()
    const w = builder.variable('w', [2, 2])
    builder.emit('moving_average', [w, builder.input('x', [2, 2])], { momentum: 1, factor: 2 })
    const executable = engine.prepare(builder.build({}))
    executable.run({ x: Float32Array.of(5, 6, 7, 8) })
    expect([...tensor.dataSync()]).toEqual([10, 12, 14, 16])
    expect([...tf.add(tensor, 1).dataSync()]).toEqual([11, 13, 15, 17])
    tensor.dispose()
    expect([...engine.variables.read('w')]).toEqual([10, 12, 14, 16])
    expect(product()).toEqual([32, 1])
    executable.dispose()
    engine.dispose()
  })

  it('goes on after the memory has grown', async () => {
    const engine = await openWasm()
    engine.variables.create('w', [3], Float32Array.of(1, 2, 3))
    const builder = new ProgramBuilder()
    const sum = builder.one('add', [builder.variable('w', [3]), builder.input('x', [3])])
    const executable = engine.prepare(builder.build({ sum }))
    executable.run({ x: Float32Array.of(1, 1, 1) })
    const large = tf.zeros([40 * 1024 * 1024])
    expect([...executable.read('sum')]).toEqual([2, 3, 4])
    executable.run({ x: Float32Array.of(2, 2, 2) })
    expect([...executable.read('sum')]).toEqual([3, 4, 5])
    engine.variables.write('w', Float32Array.of(7, 7, 7))
    expect([...engine.variables.tensor('w').dataSync()]).toEqual([7, 7, 7])
    large.dispose()
    executable.dispose()
    engine.dispose()
  })

  it('works at addresses above 2 GiB, which are negative as 32-bit integers', async () => {
    const engine = await openWasm()
    const memory = await openWasmMemory()
    // Never touched, so hardly any real memory.
    const blocks = Array.from({ length: 9 }, () => memory.allocate(256 * 1024 * 1024, 'a test'))
    const maps = [1, 8, 8, 5]
    engine.variables.create('w', [3, 3, 5], noise(45, 3))
    engine.variables.create('large', [2 ** 22], new Float32Array(2 ** 22).fill(1))
    const builder = new ProgramBuilder()
    const x = builder.input('x', maps)
    const y = builder.one('depthwise2d', [x, builder.variable('w', [3, 3, 5])], { stride: 1, dilation: 1 })
    const sum = builder.one('weighted_sum', [builder.input('weights', [2]), x, y], { indices: [1, 0] })
    const total = builder.one('dot', [builder.variable('large', [2 ** 22]), builder.variable('large', [2 ** 22])])
    const program = builder.build({ sum, total })
    const high = engine.prepare(program)
    const inputs = { x: noise(320, 1), weights: Float32Array.of(2, -1) }
    high.run(inputs)
    const found = high.read('sum')
    expect([...high.read('total')]).toEqual([2 ** 22])
    expect(memory.addressOf(engine.variables.tensor('large')) >>> 0).toBeGreaterThan(2 ** 31)
    for (const block of blocks) memory.free(block)
    const cpu = await openCpuEngine()
    for (const name of engine.variables.names()) {
      cpu.variables.create(name, engine.variables.shape(name), engine.variables.read(name))
    }
    const reference = cpu.prepare(program)
    reference.run(inputs)
    expectClose(found, reference.read('sum'), 1e-5, 'sum')
    engine.dispose()
  })

  it('rebinds a program when another one with a higher peak moves the arena', async () => {
    const engine = await openWasm()
    const program = (size: number): Program => {
      const builder = new ProgramBuilder()
      const x = builder.input('x', [size])
      const terms = [builder.one('relu', [x]), builder.one('multiply', [x, x]), x]
      return builder.build({ y: builder.one('dot', [builder.one('add', terms), x]) })
    }
    const small = engine.prepare(program(2))
    const large = engine.prepare(program(1_000_000))
    const x = Float32Array.of(1, -2)
    small.run({ x })
    expect([...small.read('y')]).toEqual([3 - 4])
    large.run({ x: new Float32Array(1_000_000).fill(1) })
    expect([...large.read('y')]).toEqual([3_000_000])
    expect([...small.read('y')]).toEqual([3 - 4])
    engine.dispose()
  })
})
