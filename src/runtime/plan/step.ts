export type { InputSpec, OptimiserSpec, Step, StepSpec, UpdateSpec, VariableSpec } from './step-spec.js'
