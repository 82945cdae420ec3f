import {
  bindingOf,
  buildNetwork,
  relaxedBinding,
  resolveParams,
  type Binding,
  type Network,
} from '../../src/space/index.js'
import { resolveArchitecture } from '../../src/architectures/index.js'
import type { Ir } from '../../src/ir/model/ir.js'
import { checkedText, spotless } from './programs.js'

/** The modules of the standard library that speak of operations, without names that stand in two of them. */
const imports = `import std:nn
import std:mobile
import std:shuffle
import std:resnest
`

/** A program of networks without choices, `t0`, `t1`, …: each the items of a `network` before the head. */
export function program(networks: readonly string[], input = 'image(8, 6, 12)'): Ir {
  const spaces = networks.map((network, index) => {
    const body = `input ${input}\n classes 5\n network { ${network}\n head global_pool -> linear(classes) }`
    return `space t${index} { ${body} }`
  })
  const architectures = networks.map((_, index) => `architecture a${index} of t${index} {}`)
  return spotless(checkedText([imports, ...spaces, ...architectures].join('\n')), 'unused-import')
}

/** The networks of a {@link program}. */
export function networksOf(ir: Ir): readonly Network[] {
  const params = resolveParams(ir, {})
  return ir.architectures.map((architecture) =>
    build(ir, architecture.space, bindingOf(resolveArchitecture(ir, architecture, params)), 'standalone'),
  )
}

/** The messages of a program that does not compile. */
export function refused(network: string, input?: string): string {
  try {
    program([network], input)
  } catch (error) {
    if (error instanceof Error) return error.message
  }
  return ''
}

export function build(
  ir: Ir,
  space: string,
  binding: Binding = relaxedBinding,
  mode: Network['mode'] = 'shared',
): Network {
  return buildNetwork(ir, space, { params: resolveParams(ir, {}), binding, mode })
}
