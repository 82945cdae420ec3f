import type { Network } from '../../space/network/network.js'
import type { ProgramBuilder } from '../program/builder.js'
import type { ValueId } from '../program/program.js'
import { residualBlocks } from './residuals.js'
import type { StepSpec } from './step-spec.js'
import type { StepVariables } from './variables.js'

/**
 * The probability with which each residual block is left out, by the id of its merge: block i of n, counted from 0, with `rate`
 * times i / n, in the last stages that have blocks (Huang et al., Deep Networks with Stochastic Depth, ECCV 2016, section 3, with
 * the places of the code of AttentiveNAS).
 */
export function dropRates(
  network: Network,
  { dropConnect }: Pick<StepSpec, 'dropConnect'>,
): ReadonlyMap<number, number> {
  if (dropConnect === undefined || dropConnect.rate === 0) return new Map()
  const blocks = residualBlocks(network)
  const parts = [...new Set(blocks.map(({ part }) => part))].slice(-dropConnect.stages)
  return new Map(
    blocks.flatMap(({ merge, part }, index) => {
      const rate = (dropConnect.rate * index) / blocks.length
      return rate > 0 && parts.includes(part) ? [[merge.id, rate] as const] : []
    }),
  )
}

/** The map that a block makes, for every image zero or divided by the probability of the other: an input that the caller draws. */
export function dropBlock(
  {
    builder,
    spec,
    variables,
  }: { readonly builder: ProgramBuilder; readonly spec: StepSpec; readonly variables: StepVariables },
  path: string,
  map: ValueId,
  rate: number,
): ValueId {
  const name = `dropConnect/${path}`
  variables.drop(name, rate)
  return builder.one('drop_path', [map, builder.input(name, [spec.batch])])
}
