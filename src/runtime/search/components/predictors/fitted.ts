import type { StepVariables } from '../../../plan/variables.js'
import type { ProgramBuilder } from '../../../program/builder.js'
import type { ValueId } from '../../../program/program.js'
import type { Predictor } from './predictor.js'

/** Variables of a predictor that was fitted: what a fit ends with and a search reads. */
export function predictorPrefix(name: string): string {
  return `predictor/${name}/`
}

/**
 * What a predictor is fitted beside: of the costs, [], their `mean`; what adds up over the entries of a code, `trend` [size, 1] and
 * `intercept` []; of what is left then, [], its `deviation`.
 */
export type FittedName = 'mean' | 'trend' | 'intercept' | 'deviation'

export const fittedName = (name: string, which: FittedName): string => `${predictorPrefix(name)}${which}`

/**
 * What a fitted predictor says of codes, in the unit of what it was fitted to: what adds up, and what the predictor makes of the
 * rest.
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
  const [rows = 0, size = 0] = builder.shape(codes)
  const given = (which: FittedName, shape: readonly number[] = []): ValueId =>
    variables.declare(builder, { name: fittedName(name, which), shape, init: 'zeros', role: 'given' })
  const added = builder.one('matmul', [codes, given('trend', [size, 1])], { transposeA: false, transposeB: false })
  const ones = builder.one('fill', [], { shape: [rows], value: 1 })
  return builder.one('add', [
    builder.one('scale', [standard, given('deviation')]),
    builder.one('reshape', [added], { shape: [rows] }),
    builder.one('scale', [ones, given('intercept')]),
  ])
}

/** The mean of all that a predictor was fitted to, []. */
export function emitMean(builder: ProgramBuilder, variables: StepVariables, name: string): ValueId {
  return variables.declare(builder, { name: fittedName(name, 'mean'), shape: [], init: 'zeros', role: 'given' })
}
