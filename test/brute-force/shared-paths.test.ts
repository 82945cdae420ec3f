import { describe, expect, it } from 'vitest'
import { nodeHost } from '../../src/compiler/modules/node-host.js'
import type { Ir } from '../../src/ir/model/ir.js'
import { buildNetwork, resolveParams } from '../../src/space/index.js'
import { compiledText } from '../support/programs.js'
import { sharedPaths } from './comparison/shared-paths.js'
import type { Member, Selection } from './reference/member.js'

const program = `import { conv, global_pool, linear, relu } from std:nn
op block(kernel: int = one of { 1, 3 }, body: operation = one of { relu, conv(channels, one of { 1, 3 }) }) =
  body -> conv(channels, kernel) -> conv(channels, one of { 1, 3 })
extern op tapped(kernel: int = one of { 1, 3 }) { weight kernel(in, kernel) init he_normal }
cell c(x, k: int = one of { 1, 3 }) {
  node n { from { x }; through conv(channels, k) -> conv(channels, one of { 1, 3 } per cell) }
  node m { from { n }; through conv(channels, one of { 1, 3 } per cell) -> conv(channels, one of { 1, 3 } per space) }
  output m
}
space s {
  input image(4, 3)
  classes 2
  cell u = c
  cell v = c(one of { 1, 3 })
  network {
    stack 2 of u, v at { 1 }, channels 2
    stage a { layer conv(channels, one of { 1, 3 }) -> tapped }
    stage b { layer block(one of { 1, 3 }) }
    stage d { layer block -> conv(channels, one of { 1, 3 }) }
    head global_pool -> linear(classes)
  }
}
`

/** What is said of one network, in which every choice takes its last option. */
function sharedIn(ir: Ir): string | undefined {
  const params = resolveParams(ir, {})
  const selections = new Map<string, Selection>()
  const network = buildNetwork(ir, 's', {
    params,
    mode: 'standalone',
    binding: (decision) => {
      const options = [decision.options.length - 1]
      selections.set(decision.path, { decision, options })
      return { kind: 'fixed', options }
    },
  })
  const members: readonly Member[] = [{ selections, network, costs: { macs: 0, parameters: 0, activation_bytes: 0 } }]
  const enumeration = { members, misfits: [], decisions: new Map<string, never>() }
  const standard = nodeHost()
  return sharedPaths({ text: '', isSound: true, standard, ir, space: 's', params, enumeration, members, others: [] })
}

describe('choices of one space', () => {
  const ir = compiledText(program)

  it('have a path each, those of defaults too', () => {
    expect(sharedIn(ir)).toBeUndefined()
  })

  it('are told apart where they have one path and equal options', () => {
    const renamed = JSON.stringify(ir, (_, part: unknown) =>
      typeof part === 'object' && part && 'per' in part && part.per === 'space'
        ? { ...part, label: 'a.layer[1].kernel' }
        : part,
    )
    expect(sharedIn(JSON.parse(renamed) as Ir)).toBe('a.layer[1].kernel is the path of two choices')
  })
})
