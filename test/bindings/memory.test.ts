import { describe, expect, it } from 'vitest'
import {
  architectureOf,
  bindingOf,
  buildNetwork,
  engineBinding,
  relaxedBinding,
  resolveParams,
  type Binding,
  type Network,
} from '../../src/ir/elaborate/index.js'
import { planMemory } from '../../src/runtime/backend/memory-plan.js'
import { kernelOf } from '../../src/runtime/backend/wasm/kernel-table.js'
import { sizeOf } from '../../src/runtime/operations/element.js'
import { buildStep } from '../../src/runtime/plan/step.js'
import type { Program } from '../../src/runtime/program/program.js'
import { summarise } from '../../src/runtime/program/summary.js'
import { compiled } from './support.js'

/** Bytes that the forward pass makes and the backward pass reads. */
function savedBytes({ operations, values }: Program): number {
  const turn = operations.findIndex(({ operation }) => operation === 'softmax_cross_entropy_gradient')
  const made = new Set(operations.slice(0, turn).flatMap(({ outputs }) => outputs))
  const read = new Set(operations.slice(turn).flatMap(({ inputs }) => inputs))
  return values.reduce((sum, { id, shape }) => (made.has(id) && read.has(id) ? sum + 4 * sizeOf(shape) : sum), 0)
}

function program(network: Network, passes?: readonly string[]): Program {
  const step = buildStep(network, { batch: 1, mode: 'train', gradients: 'all', ...(passes ? { passes } : {}) })
  return step.program
}

describe('engine and transit cells', () => {
  const ir = compiled('spaces/darts.nas')
  const params = resolveParams(ir, { cells: 8, width: 4 })
  const derived = bindingOf(architectureOf(ir, 'DARTS_V2', params))
  const input = { height: 16, width: 16, channels: 3 }
  const supernet = (binding: Binding, shareFeatures: boolean): Network =>
    buildNetwork(ir, 'darts', { params, binding, mode: 'shared', input, classes: 10, shareFeatures })

  it('of EnTranNAS save at most 0.15 of the activations of DARTS', () => {
    const engine = engineBinding(relaxedBinding, derived, new Set(['cells[5]', 'cells[7]']))
    const [darts, entrannas] = [supernet(relaxedBinding, false), supernet(engine, true)]
    const none: readonly string[] = []
    expect(savedBytes(program(entrannas, none)) / savedBytes(program(darts, none))).toBeLessThan(0.15)
    // The optimiser finds more to save in DARTS, whose alternatives outnumber the rest.
    expect(savedBytes(program(entrannas)) / savedBytes(program(darts))).toBeLessThan(0.16)
    expect(summarise(program(entrannas)).flops / summarise(program(darts)).flops).toBeLessThan(0.15)
  })
})

describe('a channel mask', () => {
  const masked = (count: number): Program => {
    const widths = Array.from({ length: count }, (_, i) => 64 - 2 * (count - 1 - i)).join(', ')
    const block = (name: string): string =>
      `stage ${name} { width one of {${widths}}; depth 3; stride 2; layer fbnet_block(3, 3, shortcut: not first) }`
    const ir = compiled(
      'widths.nas',
      `import { bn, conv, global_pool, linear, relu } from std:nn
import { fbnet_block } from std:mobile
space widths { input image(32, 3); classes 10
  network { stem conv(16, 3) -> bn -> relu ${block('a')} ${block('b')} head global_pool -> linear(classes) } }`,
    )
    const params = resolveParams(ir, {})
    return program(buildNetwork(ir, 'widths', { params, binding: () => ({ kind: 'mask' }), mode: 'shared' }))
  }

  it('over 32 widths costs at most 1.1 of one width in memory and in operations', () => {
    const [one, many] = [masked(1), masked(32)]
    expect(planMemory(many, kernelOf).arenaBytes / planMemory(one, kernelOf).arenaBytes).toBeLessThan(1.1)
    expect(summarise(many).flops / summarise(one).flops).toBeLessThan(1.1)
  })
})
