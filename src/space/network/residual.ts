import type { NetworkBuilder } from './network-builder.js'
import type { MixNode } from './network.js'
import { sameShape } from '../evaluation/shape.js'

/**
 * What arrives and what a body makes of it, added where their shapes agree. A body that is nothing but what arrives adds
 * nothing. One that is so under some options of a mix only adds under the others: a mix of sums instead of a sum with a mix, so
 * that its weighted options are what each of them is by itself.
 */
export function residual(builder: NetworkBuilder, path: string, input: number, body: number): number {
  if (body === input || !sameShape(builder.shape(input), builder.shape(body))) return body
  const mix = mixAt(builder, body)
  if (!mix || !mayBe(builder, body, input)) return builder.merge(path, 'sum', [input, body], { residual: true })
  const options = mix.inputs.map((option) => residual(builder, path, input, option))
  return builder.mix(mix.path, mix.decision, mix.options, options)
}

/** Whether a node is another one under some options. */
function mayBe(builder: NetworkBuilder, id: number, other: number): boolean {
  return id === other || (mixAt(builder, id)?.inputs.some((input) => mayBe(builder, input, other)) ?? false)
}

function mixAt({ nodes }: NetworkBuilder, id: number): MixNode | undefined {
  const node = nodes[id]
  return node?.kind === 'mix' ? node : undefined
}
