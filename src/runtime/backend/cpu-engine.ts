import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { sizeOf } from '../operations/support/element.js'
import type { Numbers } from '../operations/support/definition.js'
import { interpret } from '../program/interpret.js'
import type { Program } from '../program/program.js'
import type { Engine, Executable, VariableStore } from './engine.js'
import { demandLength } from './wasm/variables.js'

/** The slow reference: every operation by its `reference`. Tensors that it hands out are copies on tfjs's plain-JS backend. */
export async function openCpuEngine(): Promise<Engine> {
  // Or else the backend greets every user on the error stream with an advertisement.
  tf.enableProdMode()
  await tf.ready()
  const backend = tf.findBackend('cpu')
  const data = new Map<string, { readonly shape: readonly number[]; readonly numbers: Float32Array }>()
  const get = (name: string) => {
    const variable = data.get(name)
    if (variable === undefined) throw new Error(`there is no variable '${name}'`)
    return variable
  }
  const variables: VariableStore = {
    names: () => [...data.keys()],
    has: (name) => data.has(name),
    shape: (name) => get(name).shape,
    create(name, shape, numbers) {
      if (data.has(name)) throw new Error(`variable '${name}' exists`)
      demandLength(name, sizeOf(shape), numbers)
      data.set(name, { shape: [...shape], numbers: numbers.slice() })
    },
    read: (name) => get(name).numbers.slice(),
    write(name, numbers) {
      demandLength(name, get(name).numbers.length, numbers)
      get(name).numbers.set(numbers)
    },
    tensor: (name) => tf.engine().makeTensor(get(name).numbers.slice(), [...get(name).shape], 'float32', backend),
    delete(name) {
      get(name)
      data.delete(name)
    },
    get bytes() {
      let bytes = 0
      for (const { numbers } of data.values()) bytes += numbers.byteLength
      return bytes
    },
  }
  return {
    backend: 'cpu',
    fusedKernels: true,
    threads: 1,
    variables,
    prepare(program) {
      const numbersOf = new Map<string, Float32Array>()
      for (const { kind, name = '' } of program.values) {
        if (kind !== 'variable') continue
        if (!data.has(name)) throw new Error(`the program names variable '${name}', which does not exist`)
        numbersOf.set(name, get(name).numbers)
      }
      return prepareCpu(program, numbersOf)
    },
    dispose: () => data.clear(),
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
