import type { ProgramBuilder } from '../program/builder.js'
import type { Program, ValueId } from '../program/program.js'
import type { VariableSpec } from './step-spec.js'
import { isTrainable } from './trainable.js'

/** The variables of a step: what the program names, and what the caller must know to make them. */
export class StepVariables {
  readonly #prefix: string
  readonly #specs = new Map<string, VariableSpec>()
  readonly #drops = new Map<string, number>()

  /** @param prefix of weights and running statistics: those of another copy of the network */
  constructor(prefix = '') {
    this.#prefix = prefix
  }

  /** Declares a variable (again, if need be) and returns its value in `builder`. */
  declare(builder: ProgramBuilder, declared: VariableSpec): ValueId {
    const spec = this.#prefix === '' || !isCopied(declared) ? declared : copyOf(declared, this.#prefix)
    const known = this.#specs.get(spec.name)
    if (known === undefined) this.#specs.set(spec.name, spec)
    return builder.variable(spec.name, spec.shape)
  }

  /** Declares an input that is a mask of zeros and 1 / (1 - rate). */
  drop(name: string, rate: number): void {
    this.#drops.set(name, rate)
  }

  get all(): readonly VariableSpec[] {
    return [...this.#specs.values()]
  }

  /** Rates of the masks by name of the input. */
  get drops(): ReadonlyMap<string, number> {
    return this.#drops
  }

  /** Those that `program` still names. */
  usedBy(program: Program): readonly VariableSpec[] {
    const names = new Set<string | undefined>()
    program.values.forEach(({ kind, name }) => {
      if (kind === 'variable') names.add(name)
    })
    return this.all.filter((spec) => names.has(spec.name))
  }
}

/** The variable of a copy of a network, which starts as that of the network. */
export function copyOf(variable: VariableSpec, prefix: string): VariableSpec {
  return { ...variable, name: `${prefix}${variable.name}`, like: variable.name }
}

function isCopied(variable: VariableSpec): boolean {
  return isTrainable(variable, 'weights') || variable.role === 'mean' || variable.role === 'variance'
}
