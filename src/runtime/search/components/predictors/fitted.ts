import type { StepVariables } from '../../../plan/variables.js'
import type { ProgramBuilder } from '../../../program/builder.js'
import type { ValueId } from '../../../program/program.js'
import type { Predictor } from './predictor.js'

/** Variables of a predictor that was fitted: what a fit ends with and a search reads. */
export function predictorPrefix(name: string): string {
  return `predictor/${name}/`
}

/** Of the costs that it was fitted to, []: their mean and their deviation. */
export const standardName = (name: string, which: 'mean' | 'deviation'): string => `${predictorPrefix(name)}${which}`

/**
 * What a fitted predictor says of codes, in the unit of what it was fitted to.
 *
 * @param codes [rows, size]
 * @returns [rows]
 */
export function emitPrediction(
  { builder, variables }: { readonly builder: ProgramBuilder; readonly variables: StepVariables },
  { name, predictor }: { readonly name: string; readonly predictor: Predictor },
  codes: ValueId,
): ValueId {
  const standard = predictor.emit(codes, {
    builder,
    declare: (spec) =>
      variables.declare(builder, { ...spec, name: `${predictorPrefix(name)}${spec.name}`, role: 'given' }),
  })
  const scaled = builder.one('scale', [standard, emitStandard(builder, variables, name, 'deviation')])
  const [rows = 0] = builder.shape(scaled)
  const ones = builder.one('fill', [], { shape: [rows], value: 1 })
  return builder.one('add', [scaled, builder.one('scale', [ones, emitStandard(builder, variables, name, 'mean')])])
}

export function emitStandard(
  builder: ProgramBuilder,
  variables: StepVariables,
  name: string,
  which: 'mean' | 'deviation',
): ValueId {
  return variables.declare(builder, { name: standardName(name, which), shape: [], init: 'zeros', role: 'given' })
}
