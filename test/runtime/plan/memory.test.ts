import { describe, expect, it } from 'vitest'
import {
  bindingOf,
  buildNetwork,
  engineBinding,
  relaxedBinding,
  resolveParams,
  type Binding,
  type Network,
} from '../../../src/space/index.js'
import { architectureOf } from '../../../src/architectures/index.js'
import { buildKernels } from '../../../scripts/build-kernels.mjs'
import { openWasmEngine } from '../../../src/runtime/backend/wasm/engine.js'
import { planMemory } from '../../../src/runtime/backend/engine/memory-plan.js'
import { kernelOf } from '../../../src/runtime/backend/wasm/kernel-table.js'
import { planThreads } from '../../../src/runtime/backend/wasm/thread-plan.js'
import { sizeOf } from '../../../src/runtime/operations/support/element.js'
import { buildStep } from '../../../src/runtime/plan/step.js'
import type { Program } from '../../../src/runtime/program/program.js'
import { summarise } from '../../../src/runtime/program/summary.js'
import { compiledFile, compiledText } from '../../support/programs.js'
import { sgdEmission } from '../../../src/runtime/search/components/optimisers/sgd.js'

/** Bytes that the forward pass makes and the backward pass reads. */
function savedBytes({ operations, values }: Program): number {
  const backwardStart = operations.findIndex(({ phase }) => phase !== 'forward')
  const made = new Set(operations.slice(0, backwardStart).flatMap(({ outputs }) => outputs))
  const read = new Set(operations.slice(backwardStart).flatMap(({ inputs }) => inputs))
  return values.reduce((sum, { id, shape }) => (made.has(id) && read.has(id) ? sum + 4 * sizeOf(shape) : sum), 0)
}

function program(network: Network, batch: number, passes?: readonly string[]): Program {
  const spec = { batch, mode: 'train', gradients: 'all', ...(passes ? { passes } : {}) } as const
  return buildStep(network, spec, { fusedKernels: true }).program
}

describe('engine and transit cells', () => {
  const ir = compiledFile('spaces/darts.nas')
  const params = resolveParams(ir, { cells: 8, width: 16 })
  const derived = bindingOf(architectureOf(ir, 'DARTS_V2', params))
  const input = { height: 32, width: 32, channels: 3 }
  const supernet = (binding: Binding, shareFeatures: boolean): Network =>
    buildNetwork(ir, 'darts', { params, binding, mode: 'shared', input, classes: 10, shareFeatures })

  it('of EnTranNAS save at most 0.15 of the activations of DARTS', () => {
    const engine = engineBinding(relaxedBinding, derived, new Set(['cells[5]', 'cells[7]']))
    const [darts, entrannas] = [supernet(relaxedBinding, false), supernet(engine, true)]
    const none: readonly string[] = []
    expect(savedBytes(program(entrannas, 16, none)) / savedBytes(program(darts, 16, none))).toBeLessThan(0.15)
    // The optimiser finds much to save in DARTS, whose alternatives outnumber the rest, and what can be had anew in EnTranNAS.
    const [small, large] = [program(entrannas, 16), program(darts, 16)]
    expect(savedBytes(small) / savedBytes(large)).toBeLessThan(0.15)
    expect(planMemory(small, kernelOf).arenaBytes / planMemory(large, kernelOf).arenaBytes).toBeLessThan(0.15)
    expect(summarise(small).flops / summarise(large).flops).toBeLessThan(0.2)
  })

  it.each([
    ['the last of each kind', [5, 7], 0.15],
    ['the first of each kind', [0, 2], 0.25],
  ] as const)('save as much of a tiny network: %s', (_, engines, most) => {
    const tiny = (binding: Binding, shareFeatures: boolean): Network =>
      buildNetwork(ir, 'darts', {
        ...{ params: resolveParams(ir, { cells: 8, width: 4 }), binding, mode: 'shared', classes: 10, shareFeatures },
        input: { height: 16, width: 16, channels: 3 },
      })
    const engine = engineBinding(relaxedBinding, derived, new Set(engines.map((cell) => `cells[${String(cell)}]`)))
    const [small, large] = [program(tiny(engine, true), 4, []), program(tiny(relaxedBinding, false), 4, [])]
    expect(savedBytes(small) / savedBytes(large)).toBeLessThan(most)
  })
})

describe('partial channels', () => {
  it('of PC-DARTS take at most 0.4 of the memory of DARTS, in the same engine at the same width and batch', async () => {
    await buildKernels()
    const engine = await openWasmEngine({ threads: 1 })
    const optimiser = sgdEmission({ momentum: 0.9, decay: 3e-4, nesterov: false })
    const peakOf = (file: string, space: string): number => {
      const ir = compiledFile(file)
      const params = resolveParams(ir, { cells: 3, width: 16 })
      const network = buildNetwork(ir, space, { params, binding: relaxedBinding, mode: 'shared' })
      const spec = { batch: 16, mode: 'train', update: { variables: 'weights', optimiser, clip: 5 } } as const
      const step = buildStep(network, spec, { fusedKernels: engine.fusedKernels })
      for (const { name, shape } of step.variables) {
        engine.variables.create(name, shape, new Float32Array(sizeOf(shape)))
      }
      const executable = engine.prepare(step.program)
      const { peakBytes } = executable
      executable.dispose()
      for (const { name } of step.variables) engine.variables.delete(name)
      return peakBytes
    }
    const [partial, whole] = [peakOf('spaces/pc-darts.nas', 'pc_darts'), peakOf('spaces/darts.nas', 'darts')]
    engine.dispose()
    expect(partial / whole).toBeLessThan(0.4)
  })
})

describe('a channel mask', () => {
  const masked = (count: number): Program => {
    const widths = Array.from({ length: count }, (_, i) => 64 - 2 * (count - 1 - i)).join(', ')
    const block = (name: string): string =>
      `stage ${name} { width one of {${widths}}; depth 4; stride 2; layer fbnet_block(3, 3, shortcut: not first) }`
    const ir = compiledText(
      `import { bn, conv, global_pool, linear, relu } from std:nn
import { fbnet_block } from std:mobile
space widths { input image(32, 3); classes 10
  network { stem conv(16, 3) -> bn -> relu ${block('a')} ${block('b')} ${block('c')} head global_pool -> linear(classes) } }`,
    )
    const params = resolveParams(ir, {})
    return program(buildNetwork(ir, 'widths', { params, binding: () => ({ kind: 'mask' }), mode: 'shared' }), 32)
  }
  /** On one thread, and on two. */
  const peaks = (one: Program): readonly number[] => {
    const two = planThreads(one, 2)
    if (two === undefined) throw new Error('two threads do not pay')
    return [planMemory(one, kernelOf).arenaBytes, planMemory(two.program, kernelOf, {}, two.timing).arenaBytes]
  }

  it('over 32 widths costs at most 1.1 of one width in operations, and in memory on one thread and on two', () => {
    const [one, many] = [masked(1), masked(32)]
    expect(summarise(many).flops / summarise(one).flops).toBeLessThan(1.1)
    const least = peaks(one)
    peaks(many).forEach((bytes, threads) => {
      expect(bytes / (least[threads] ?? 0)).toBeLessThan(1.1)
    })
  })
})
