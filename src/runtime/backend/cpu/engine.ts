import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { sizeOf } from '../../operations/support/element.js'
import type { Numbers } from '../../operations/support/definition.js'
import { interpret } from '../../program/interpret.js'
import type { Program } from '../../program/program.js'
import { checkVariables } from '../engine/check-bindings.js'
import type { Engine, Executable, VariableStore } from '../engine/engine.js'
import { openVariableTable, type VariableTable } from '../engine/variable-table.js'

/** The slow reference: every operation by its `reference`. Tensors that it hands out are copies on tfjs's plain-JS backend. */
export async function openCpuEngine(): Promise<Engine> {
  // Or else the backend greets every user on the error stream with an advertisement.
  tf.enableProdMode()
  await tf.ready()
  const table = openVariableTable<Float32Array>()
  return {
    backend: 'cpu',
    fusedKernels: true,
    threads: 1,
    variables: storeOver(table),
    prepare(program) {
      checkVariables(program, table)
      const named = program.values.filter(({ kind }) => kind === 'variable')
      return prepareCpu(program, new Map(named.map(({ name = '' }) => [name, table.get(name)])))
    },
    dispose() {
      table.clear()
    },
  }
}

function storeOver(table: VariableTable<Float32Array>): VariableStore {
  const backend = tf.findBackend('cpu')
  return {
    names: () => table.names(),
    has: (name) => table.has(name),
    shape: (name) => table.shape(name),
    create(name, shape, data) {
      table.create(name, shape, data, () => data.slice())
    },
    read: (name) => table.get(name).slice(),
    write(name, data) {
      table.demandLength(name, data)
      table.get(name).set(data)
    },
    tensor: (name) => tf.engine().makeTensor(table.get(name).slice(), [...table.shape(name)], 'float32', backend),
    delete(name) {
      table.delete(name)
    },
    get bytes() {
      return table.bytes()
    },
  }
}

function prepareCpu(program: Program, variables: ReadonlyMap<string, Float32Array>): Executable {
  let outputs: Readonly<Record<string, Numbers>> | undefined
  return {
    peakBytes: program.values.reduce(
      (sum, { kind, shape }) => (kind === 'variable' ? sum : sum + 4 * sizeOf(shape)),
      0,
    ),
    run(inputs) {
      outputs = interpret(program, { inputs, variables })
    },
    read(name) {
      if (outputs === undefined) throw new Error('nothing has run yet')
      const numbers = outputs[name]
      if (numbers === undefined) throw new Error(`the program has no output '${name}'`)
      return Float32Array.from(numbers)
    },
    dispose() {
      outputs = undefined
    },
  }
}
