import { performance } from 'node:perf_hooks'
import type { PlacedCall } from './kernel-binding.js'
import { kernelOf } from './kernel-table.js'
import { at, sizeOf } from '../../operations/element.js'
import type { Operation, Program, Value, ValueId } from '../../program/program.js'
import type { Executable } from '../engine.js'
import { aligned, planMemory, type MemoryPlan, type PlanOptions } from '../memory-plan.js'
import type { WasmArena } from './arena.js'
import type { Block, WasmMemory } from './memory.js'
import type { WasmVariables } from './variables.js'

export interface WasmParts {
  readonly memory: WasmMemory
  readonly arena: WasmArena
  readonly variables: WasmVariables
}

export interface WasmExecutableOptions extends PlanOptions {
  readonly profile?: boolean
}

interface Step {
  readonly operation: string
  readonly run: () => void
}

/**
 * Plans the memory of a program and binds its kernels to addresses. They are bound again only if the arena has moved,
 * which it does when a program with a higher peak is prepared.
 */
export function prepareWasm(program: Program, parts: WasmParts, options: WasmExecutableOptions): Executable {
  const { memory, arena, variables } = parts
  demandVariables(program, variables)
  const plan = planMemory(program, kernelOf, options)
  const running = program.operations.filter((operation) => !plan.elided.has(operation))
  const scratchBytes = aligned(
    running.reduce((most, operation) => Math.max(most, scratchOf(program, operation, memory)), 0),
  )
  // Scratch lies before the values, so that what kernels read beyond the last value is still the arena's slack.
  const peakBytes = scratchBytes + plan.arenaBytes
  arena.reserve(peakBytes)
  const blocks: Block[] = []
  const allocate = (bytes: number, purpose: string): number => {
    const block = memory.allocate(bytes, purpose)
    blocks.push(block)
    return block.address
  }
  const kept = allocate(aligned(plan.keptBytes), 'the outputs of a program')
  const words = openWords(memory, allocate)
  const inputs = program.values.filter((value) => value.kind === 'input')
  const seconds = new Map<string, number>()

  let boundAt = -1
  let steps: readonly Step[] = []
  let addresses: readonly number[] = []
  const bind = (): void => {
    boundAt = arena.moves()
    words.reset()
    addresses = addressesOf(plan, variables, kept, arena.address() + scratchBytes)
    steps = running.map((operation) => {
      const call = placeCall(program, operation, addresses, arena.address(), words.put)
      return { operation: operation.operation, run: kernelOf(operation.operation).bind(memory.kernels, call) }
    })
  }
  bind()

  return {
    peakBytes: peakBytes + plan.keptBytes,
    run(given) {
      if (boundAt !== arena.moves()) bind()
      for (const input of inputs) writeInput(memory, input, at(addresses, input.id), given)
      if (options.profile !== true) {
        for (const step of steps) step.run()
        return
      }
      for (const step of steps) {
        const start = performance.now()
        step.run()
        seconds.set(step.operation, (seconds.get(step.operation) ?? 0) + (performance.now() - start) / 1000)
      }
    },
    read(output) {
      const id = program.outputs[output]
      const value = id === undefined ? undefined : program.values[id]
      if (id === undefined || value === undefined) throw new Error(`the program has no output '${output}'`)
      const [address, count] = [at(addresses, id), sizeOf(value.shape)]
      return value.dtype === 'int32'
        ? Float32Array.from(memory.integers(address, count))
        : memory.floats(address, count).slice()
    },
    ...(options.profile === true ? { profile: () => Object.fromEntries(seconds) } : {}),
    dispose() {
      for (const block of blocks.splice(0)) memory.free(block)
    },
  }
}

function demandVariables(program: Program, variables: WasmVariables): void {
  for (const { kind, name = '', shape } of program.values) {
    if (kind !== 'variable') continue
    if (!variables.has(name)) throw new Error(`the program names variable '${name}', which does not exist`)
    if (variables.shape(name).join() !== shape.join()) {
      throw new Error(`variable '${name}' has shape [${variables.shape(name).join()}], not [${shape.join()}]`)
    }
  }
}

function scratchOf(program: Program, operation: Operation, memory: WasmMemory): number {
  return kernelOf(operation.operation).scratchBytes?.(memory.kernels, callOf(program, operation)) ?? 0
}

function callOf(program: Program, { attributes, inputs, outputs }: Operation) {
  const shape = (id: ValueId): readonly number[] => at(program.values, id).shape
  return { attributes, inputs: inputs.map(shape), outputs: outputs.map(shape) }
}

function placeCall(
  program: Program,
  operation: Operation,
  addresses: readonly number[],
  scratch: number,
  words: PlacedCall['words'],
): PlacedCall {
  const address = (id: ValueId): number => at(addresses, id)
  return {
    ...callOf(program, operation),
    from: operation.inputs.map(address),
    to: operation.outputs.map(address),
    scratch,
    words,
  }
}

function addressesOf(plan: MemoryPlan, variables: WasmVariables, kept: number, arena: number): readonly number[] {
  return plan.places.map((place) => {
    if (place.area === 'variable') return variables.address(place.name)
    return place.area === 'kept' ? kept + place.offset : arena + place.offset
  })
}

function writeInput(
  memory: WasmMemory,
  { name = '', shape, dtype }: Value,
  address: number,
  given: Parameters<Executable['run']>[0],
): void {
  const data = given[name]
  if (data === undefined) throw new Error(`input '${name}' is missing`)
  const count = sizeOf(shape)
  const view = dtype === 'int32' ? memory.integers(address, count) : memory.floats(address, count)
  if (typeof data === 'number') {
    if (count !== 1) throw new Error(`input '${name}' has ${String(count)} elements and was given one number`)
    view[0] = data
    return
  }
  if (data.length !== count) {
    throw new Error(`input '${name}' has ${String(count)} elements, not ${String(data.length)}`)
  }
  view.set(data)
}

/** Words that kernels read (lists of addresses), in chunks that never move. */
function openWords(memory: WasmMemory, allocate: (bytes: number, purpose: string) => number) {
  const CHUNK = 65_536
  const chunks: number[] = []
  let chunk = -1
  let used = CHUNK
  return {
    /** Forgets all words but keeps the memory: the same program puts the same number of them again. */
    reset(): void {
      chunk = -1
      used = CHUNK
    },
    put: (values: readonly number[]): number => {
      const bytes = 4 * values.length
      if (used + bytes > CHUNK) {
        chunk++
        used = 0
        if (chunk === chunks.length) chunks.push(allocate(Math.max(CHUNK, bytes), 'the constants of a program'))
      }
      const address = at(chunks, chunk) + used
      used += bytes
      // Addresses above 2 GiB wrap into negative words and back.
      memory.integers(address, values.length).set(values)
      return address
    },
  }
}
