import type { ProgramBuilder } from '../../../program/builder.js'
import type { ValueId } from '../../../program/program.js'
import type { VariableSpec } from '../../../plan/step.js'
import type { NamedFile } from '../named-file.js'
import type { ArgumentReader } from '../reader.js'

/** A model of what does not add up over the entries of a code, in units of its deviation. */
export interface Predictor {
  /** Equal for equal models. */
  readonly key: string
  /**
   * The measurements that it is fitted to: what it says is a cost. Absent: it is fitted to what architectures score with the weights
   * of the supernet.
   */
  readonly measurements?: NamedFile
  /**
   * @param codes [rows, size]
   * @returns [rows]
   */
  emit(codes: ValueId, context: PredictorContext): ValueId
}

/** Architectures that a predictor is fitted to and judged by: fewer tell nothing of either. */
export const fewestMeasurements = 20

export interface PredictorContext {
  readonly builder: ProgramBuilder
  /** A variable of the model, by a name of its own. */
  readonly declare: (spec: PredictorVariable) => ValueId
}

export interface PredictorVariable extends Pick<VariableSpec, 'name' | 'shape' | 'init'> {
  readonly role: 'kernel' | 'bias'
}

export type PredictorComponent = (read: ArgumentReader) => Predictor
