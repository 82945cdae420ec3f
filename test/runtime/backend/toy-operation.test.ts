import { beforeAll, expect, it } from 'vitest'
import { buildKernels } from '../../../scripts/build-kernels.mjs'
import { openCpuEngine } from '../../../src/runtime/backend/cpu/engine.js'
import type { Engine } from '../../../src/runtime/backend/engine/engine.js'
import { openWasmEngine } from '../../../src/runtime/backend/wasm/engine.js'
import { openWasmMemory } from '../../../src/runtime/backend/wasm/memory.js'
import { at, demandCount } from '../../../src/runtime/operations/support/element.js'
import type { OperationDefinition } from '../../../src/runtime/operations/support/definition.js'
import { gradientFor } from '../../../src/runtime/operations/support/gradient.js'
import { ProgramBuilder } from '../../../src/runtime/program/builder.js'
import { gradients } from '../../../src/runtime/program/differentiate.js'
import type { Program } from '../../../src/runtime/program/program.js'
import { validate } from '../../../src/runtime/program/validate.js'
import { noise } from '../../support/compare-operation.js'
import { divideAll } from '../../support/random-programs.js'
import { describeTensorflow } from '../../support/tensorflow.js'
import { addOperation } from '../../support/without-kernels.js'

/** square (x) -> y = x * x: all that a new operation needs, and no engine knows it. Its twin is x times x. */
const square: OperationDefinition = {
  name: 'square',
  shapes(inputs) {
    demandCount('square', inputs, 1)
    return [at(inputs, 0)]
  },
  adjoint(context) {
    const { builder, operation } = context
    const x = at(operation.inputs, 0)
    const two = (): number => builder.one('fill', [], { shape: [], value: 2 })
    return [gradientFor(context, 0, (dy) => builder.one('scale', [builder.one('multiply', [dy, x]), two()]))]
  },
  reference(inputs, outputs) {
    const [x, y] = [at(inputs, 0), at(outputs, 0)]
    for (let i = 0; i < y.length; i++) y[i] = at(x, i) * at(x, i)
  },
}
addOperation(square)

/** One step of gradient descent on the cross-entropy of (images * kernel) squared. */
function stepWith(activation: 'square' | 'multiply'): Program {
  const forward = new ProgramBuilder()
  const kernel = forward.variable('kernel', [6, 5])
  const images = forward.input('images', [4, 6])
  const linear = forward.one('matmul', [images, kernel], { transposeA: false, transposeB: false })
  const squared = forward.one('multiply', [linear, linear])
  const loss = forward.one('softmax_cross_entropy', [squared, forward.input('labels', [4], 'int32')], { smoothing: 0 })
  const built = forward.build({ loss })
  const operations = built.operations.map((operation) =>
    activation === 'square' && operation.operation === 'multiply'
      ? { ...operation, operation: 'square', inputs: [linear] }
      : operation,
  )
  const builder = ProgramBuilder.from({ ...built, operations })
  const [gradient] = gradients(builder, loss, [kernel])
  if (gradient === undefined) throw new Error('the kernel has no gradient')
  const state = [builder.variable('kernel#velocity', [6, 5]), gradient, builder.input('learningRate', [])]
  builder.phase = 'update'
  builder.emit('sgd', [kernel, ...state], { momentum: 0.9, decay: 0, nesterov: false, clipped: false })
  return validate(builder.build({ loss }))
}

/** Losses of five steps and the kernel after them. */
function train(engine: Engine, program: Program): readonly Float32Array[] {
  engine.variables.create('kernel', [6, 5], noise(30, 1))
  engine.variables.create('kernel#velocity', [6, 5], new Float32Array(30))
  const executable = engine.prepare(program)
  const losses = Array.from({ length: 5 }, () => {
    executable.run({ images: noise(24, 2), labels: Int32Array.of(0, 4, 2, 1), learningRate: 0.1 })
    return at(executable.read('loss'), 0)
  })
  const kernel = engine.variables.read('kernel')
  executable.dispose()
  for (const name of engine.variables.names()) engine.variables.delete(name)
  expect(losses.at(-1)).toBeLessThan(at(losses, 0))
  return [Float32Array.from(losses), kernel]
}

/** Doubling is exact, so the toy must give the very bits of its twin. */
function expectTwins(engine: Engine): void {
  expect(train(engine, stepWith('square'))).toEqual(train(engine, stepWith('multiply')))
  engine.dispose()
}

beforeAll(async () => {
  await buildKernels()
  // The first to open the memory decides whether it is shared.
  await openWasmMemory(true)
})

it('a new operation needs a definition and nothing else to be trained through on the reference engine', async () => {
  expectTwins(await openCpuEngine())
})

it.each([1, 2])('and on the wasm engine with threads: %i', async (threads) => {
  const engine = await openWasmEngine({ threads, division: divideAll })
  expect([engine.threads, engine.note]).toEqual([threads, undefined])
  expectTwins(engine)
})

describeTensorflow('a new operation', (open) => {
  it('needs a definition and nothing else to be trained through on TensorFlow', () => {
    expectTwins(open())
  })
})
