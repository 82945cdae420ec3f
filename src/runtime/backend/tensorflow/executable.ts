import { performance } from 'node:perf_hooks'
import { at } from '../../operations/support/element.js'
import { definitionOf } from '../../operations/index.js'
import type { Program, Value, ValueId } from '../../program/program.js'
import { inputElements, checkVariables } from '../engine/check-bindings.js'
import type { Executable } from '../engine/engine.js'
import { demandMemory } from './memory.js'
import type { Binding, TensorId } from './binding.js'
import type { Capabilities } from './capabilities.js'
import { chooseKernels, type PlannedKernel } from './choose-kernels.js'
import type { KernelRun } from './kernel.js'
import { lastUses, peakOf } from './liveness.js'
import { openNativeProgram, type NativeProgram } from './native-program.js'
import { partsOf, tensorsOf, timesOf, type ProgramSegment } from './segments.js'
import { openSession, type Session } from './session.js'
import type { TensorflowVariables } from './variables.js'

export interface TensorflowParts {
  readonly binding: Binding
  readonly capabilities: Capabilities
  /** Whether kernels of ours are loaded. */
  readonly native: boolean
  readonly variables: TensorflowVariables
}

interface KernelInvocation {
  /** The first of its operations. */
  readonly operation: string
  readonly inputs: readonly ValueId[]
  readonly outputs: readonly ValueId[]
  /** Variables whose new values the kernel gives. */
  readonly updates: readonly { readonly id: ValueId; readonly name: string }[]
  /** Values that no later step and no caller reads. */
  readonly last: readonly ValueId[]
  readonly run: KernelRun
}

/** Binds the kernels of a program and notes where every value is used for the last time. */
export function prepareTensorflow(
  program: Program,
  { binding, capabilities, native, variables }: TensorflowParts,
  { profile = false }: { readonly profile?: boolean },
): Executable {
  checkVariables(program, variables)
  const plan = chooseKernels(program, native)
  const shared = tensorsOf(program, plan)
  const parts = partsOf(program, plan, shared, { apart: profile })
  const session = openSession(binding, capabilities)
  const own = openNativeProgram(session, program, plan, parts, shared)
  const peakBytes = own.arenaBytes + peakOf(program, parts, shared, (part) => scratchOf(part, plan))
  demandMemory(peakBytes + variables.bytes)
  const steps = stepsOf(program, plan, parts, session, own)
  const inputs = program.values.filter((value) => value.kind === 'input')
  const outputs = new Set(Object.values(program.outputs))
  const tensors = openTensors(program, binding, variables)
  const seconds = new Map<string, number>()
  let ran = false

  return {
    peakBytes,
    run(supplied) {
      for (const id of outputs) tensors.free(id)
      tensors.readVariables()
      for (const input of inputs) tensors.set(input.id, inputTensor(binding, input, supplied))
      ran = true
      for (const step of steps) {
        const start = profile ? performance.now() : 0
        execute(step, session, tensors)
        if (!profile) continue
        const spent = (performance.now() - start) / 1000
        seconds.set(step.operation, (seconds.get(step.operation) ?? 0) + spent)
      }
      session.endRun()
      for (const { id } of inputs) if (!outputs.has(id)) tensors.free(id)
    },
    read(output) {
      const id = program.outputs[output]
      if (id === undefined) throw new Error(`the program has no output '${output}'`)
      if (!ran) throw new Error('nothing has run yet')
      const { kind, name = '' } = at(program.values, id)
      return kind === 'variable' ? variables.read(name) : Float32Array.from(binding.tensorDataSync(tensors.get(id)))
    },
    ...(profile ? { profile: () => Object.fromEntries(seconds) } : {}),
    dispose() {
      tensors.freeAll()
      own.dispose()
      session.dispose()
    },
  }
}

/** The tensors that hold the values of a program while it runs. Those of variables belong to the variables. */
interface ValueTensors {
  /** @throws Error if the value has none yet */
  readonly get: (id: ValueId) => TensorId
  readonly set: (id: ValueId, tensor: TensorId) => void
  /** Gives the variable of a value its new tensor. */
  readonly update: (id: ValueId, name: string, tensor: TensorId) => void
  /** Puts the tensors that the variables have now where their values are. */
  readonly readVariables: () => void
  readonly free: (id: ValueId) => void
  readonly freeAll: () => void
}

function openTensors(program: Program, binding: Binding, variables: TensorflowVariables): ValueTensors {
  const named = program.values.filter((value) => value.kind === 'variable')
  const tensors = new Array<TensorId | undefined>(program.values.length).fill(undefined)
  const free = (id: ValueId): void => {
    const tensor = tensors[id]
    if (tensor === undefined || program.values[id]?.kind === 'variable') return
    binding.deleteTensor(tensor)
    tensors[id] = undefined
  }
  return {
    get(id) {
      const tensor = tensors[id]
      if (tensor === undefined) throw new Error(`value ${String(id)} has not been computed`)
      return tensor
    },
    set(id, tensor) {
      tensors[id] = tensor
    },
    update(id, name, tensor) {
      variables.replace(name, tensor)
      tensors[id] = tensor
    },
    readVariables() {
      for (const { id, name = '' } of named) tensors[id] = variables.get(name)
    },
    free,
    freeAll() {
      for (const id of tensors.keys()) free(id)
    },
  }
}

/** Runs a kernel; what it has made beside its results is freed, and so is what no later one reads. */
function execute(step: KernelInvocation, session: Session, tensors: ValueTensors): void {
  const found = step.run(...step.inputs.map(tensors.get))
  const results = typeof found === 'number' ? [found] : found
  for (const made of session.takeMade()) if (!results.includes(made)) session.binding.deleteTensor(made)
  step.outputs.forEach((id, i) => {
    tensors.set(id, at(results, i))
  })
  step.updates.forEach(({ id, name }, i) => {
    tensors.update(id, name, at(results, step.outputs.length + i))
  })
  for (const id of step.last) tensors.free(id)
}

function stepsOf(
  program: Program,
  plan: readonly PlannedKernel[],
  parts: readonly ProgramSegment[],
  session: Session,
  own: NativeProgram,
): readonly KernelInvocation[] {
  const last = lastUses(program)
  return parts.map((part): KernelInvocation => {
    if (part.by === 'us') {
      return {
        operation: at(program.operations, at(part.times, 0)).operation,
        inputs: part.inputs,
        outputs: part.outputs,
        // Ours update variables where they lie.
        updates: [],
        last: timesOf(part).flatMap((time) => at(last, time)),
        run: own.bind(part),
      }
    }
    const planned = at(plan, part.time)
    if (planned.by === 'us') throw new Error('a kernel of ours is to run on its own')
    const operation = at(program.operations, part.time)
    return {
      operation: operation.operation,
      inputs: operation.inputs,
      outputs: operation.outputs,
      updates: (definitionOf(operation.operation).updates ?? []).map((position) => {
        const id = at(operation.inputs, position)
        return { id, name: at(program.values, id).name ?? '' }
      }),
      last: at(last, part.time),
      run: planned.kernel.bind(session, planned.call),
    }
  })
}

/** Bytes that an operation of TensorFlow needs beside inputs and outputs. */
function scratchOf(part: ProgramSegment, plan: readonly PlannedKernel[]): number {
  const planned = at(plan, at(timesOf(part), 0))
  return planned.by === 'us' ? 0 : (planned.kernel.scratchBytes?.(planned.call) ?? 0)
}

/** TensorFlow may keep the memory that it is given, which the caller is free to write to. */
function inputTensor(binding: Binding, input: Value, supplied: Parameters<Executable['run']>[0]): TensorId {
  const numbers = inputElements(input, supplied)
  return input.dtype === 'int32'
    ? binding.createTensor(input.shape, binding.TF_INT32, Int32Array.from(numbers))
    : binding.createTensor(input.shape, binding.TF_FLOAT, Float32Array.from(numbers))
}
