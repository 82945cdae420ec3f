import type { ProgramBuilder } from '../program/builder.js'
import type { Program, ValueId } from '../program/program.js'
import type { VariableSpec } from './step-spec.js'

/** The variables of a step: what the program names, and what the caller must know to make them. */
export class StepVariables {
  readonly #specs = new Map<string, VariableSpec>()

  /** Declares a variable (again, if need be) and returns its value in `builder`. */
  declare(builder: ProgramBuilder, spec: VariableSpec): ValueId {
    const known = this.#specs.get(spec.name)
    if (known === undefined) this.#specs.set(spec.name, spec)
    return builder.variable(spec.name, spec.shape)
  }

  get all(): readonly VariableSpec[] {
    return [...this.#specs.values()]
  }

  /** Those that `program` still names. */
  usedBy(program: Program): readonly VariableSpec[] {
    const names = new Set(program.values.flatMap((value) => (value.kind === 'variable' ? [value.name] : [])))
    return this.all.filter((spec) => names.has(spec.name))
  }
}
