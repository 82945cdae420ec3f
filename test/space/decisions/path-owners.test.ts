import { describe, expect, it } from 'vitest'
import { nodeHost } from '../../../src/compiler/modules/node-host.js'
import type { Ir } from '../../../src/ir/model/ir.js'
import { buildNetwork, resolveParams } from '../../../src/space/index.js'
import { compiledText } from '../../support/programs.js'
import { lowered } from '../../brute-force/comparison/compiled.js'

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

/** Paths of a network in which every choice takes its last option, and that of inputs all of them. */
function pathsOf(ir: Ir): ReadonlySet<string> {
  const paths = new Set<string>()
  buildNetwork(ir, 's', {
    params: resolveParams(ir, {}),
    mode: 'standalone',
    binding: ({ path, options, arity }) => {
      paths.add(path)
      return { kind: 'fixed', options: options.map((_, option) => option).slice(-(arity?.most ?? 1)) }
    },
  })
  return paths
}

describe('choices of one space', () => {
  const ir = compiledText(program)

  it('have a path each, those of defaults too', () => {
    expect([...pathsOf(ir)]).toContain('d.layer[1].block.kernel[2]')
  })

  it('are told apart where they have one path', () => {
    const renamed = JSON.stringify(ir, (_, part: unknown) =>
      typeof part === 'object' && part && 'per' in part && part.per === 'space'
        ? { ...part, label: 'a.layer[1].kernel' }
        : part,
    )
    expect(() => pathsOf(JSON.parse(renamed) as Ir)).toThrow(
      expect.objectContaining({ code: 'NAS6144', path: 'a.layer[1].kernel' }) as Error,
    )
  })
})

function unverified(text: string): Ir {
  const ir = lowered(text, nodeHost())
  if (!ir) throw new Error(`this is no program:\n${text}`)
  return ir
}

describe('choices of one name', () => {
  const choice = 'one of { 1, 3 }'
  const convs = (...scopes: readonly string[]): string =>
    scopes.map((per) => `conv(channels, ${choice} ${per})`).join(' -> ')
  const inCell = convs('', 'per cell', 'per space', 'per cell', '')
  const inLayer = convs('', 'per layer', 'per stage', 'per space', 'per stage', 'per layer', '')
  const inStage = convs('', 'per stage', 'per space', 'per stage', '')
  const inSpace = convs('', 'per space', 'per space', '')

  it('have a path each wherever they are made', () => {
    const ir = unverified(
      `import { conv, global_pool, linear } from std:nn
let kernel = ${choice}
let width = conv(channels, kernel) -> ${inSpace}
let let1 = ${inSpace}
op kernels(kernel: int = ${choice}) = ${inSpace} -> conv(channels, kernel)
op width_of(width: int) = ${convs('', 'per space')} -> conv(channels, width)
op in_cell = ${inCell}
op in_layer(kernel: int = ${choice} per stage) = ${inLayer} -> conv(channels, kernel)
cell c(x, y, kernel: int = ${choice}, width: int = ${choice}) {
  let let1 = ${inCell}
  let let2 = kernels(kernel + 2 * (${choice} per cell))
  let from = ${choice}
  let depth = ${choice}
  prepare x { ${inCell} -> let1 -> in_cell }
  prepare y { ${inCell} -> let1 -> in_cell }
  node n {
    let kernel = ${inCell}
    let let1 = ${inCell}
    from any 1.. of { x, y } x { ${inCell}, kernel, let1, let2, in_cell }
    project ${inCell} -> in_cell
  }
  node m[1..2] {
    let kernel = ${choice}
    from any 1 of { n, y }
    through ${inCell} -> conv(channels, kernel) -> conv(channels, depth) -> conv(channels, from) -> conv(channels, width) -> let1 -> in_cell
    project ${inCell} -> let2
  }
  output sum(any 1.. of { n, m }) + in_cell(any 1.. of { x, y })
}
space s {
  input image(one of { 4, 8 }, one of { 4, 8 }, 3)
  classes 2
  let let1 = ${inSpace}
  let let2 = kernels(count)
  let count = ${choice}
  cell u = c(kernel: ${choice}, width: ${choice})
  cell v = c
  network {
    stem ${inSpace} -> let1 -> let2 -> width -> kernels; ${inSpace} -> kernels -> width_of(${choice})
    stack ${choice} of u, v at { 1 }, channels ${choice}
    stack ${choice} of v, channels ${choice}
    stage a {
      let let1 = ${inStage}
      let kernel = ${choice}
      width 2 * (${choice})
      depth ${choice}
      layer ${inLayer} -> let1 -> let2 -> in_layer(kernel) -> in_layer -> width
    }
    stage b { width ${choice}; depth ${choice}; layer ${inLayer} -> in_layer -> width_of(${choice}) }
    head ${inSpace} -> let1 -> let2 -> width -> kernels -> global_pool -> linear(classes)
  }
}
`,
    )
    expect(pathsOf(ir).size).toBeGreaterThan(250)
  })
})
