import { describe, expect, it } from 'vitest'
import {
  countArchitectures,
  countDistinct,
  decisionsOf,
  sampler,
  unmetConstraints,
} from '../../../src/analysis/index.js'
import { printArchitecture } from '../../../src/architectures/index.js'
import type { Ir } from '../../../src/ir/model/ir.js'
import { createRandom } from '../../../src/runtime/random/random.js'
import { compiledText } from '../../support/programs.js'
import { enumerated } from '../../support/enumerated-spaces.js'

const options = { params: {} }

interface Parts {
  readonly cell?: string
  readonly stacks?: string
  readonly inputs?: string
  readonly parameters?: string
  readonly uses?: string
  readonly more?: string
}

function spaceOf({
  cell = '',
  stacks = 'stack 1 of use, channels 4',
  uses = 'cell use = cell1',
  ...rest
}: Parts): string {
  const { inputs = 'x', parameters = '', more = '' } = rest
  return `
import { bn, conv, depthwise, global_pool, identity, linear, max_pool, relu } from std:nn
op around(body: operation) = body -> conv(channels)
cell cell1(${inputs}${parameters}) { ${cell} }
space s {
  input image(6, 3); classes 2
  ${cell === '' ? '' : uses}
  network { stem conv(4); ${stacks}; head global_pool -> linear(classes) }
  ${more}
}`
}

const textOf = (parts: Parts): string =>
  parts.cell === undefined ? spaceOf(parts).replace(/^cell .*$/m, '') : spaceOf(parts)
const irOf = (parts: Parts): Ir => compiledText(textOf(parts))
const countOf = (ir: Ir): bigint => countArchitectures(ir, 's', options).architectures

describe('a choice inside of what several may be taken of', () => {
  it.each([
    ['connections', 'node n { from any 1.. of { x } x { around(one of { relu, bn }), conv(channels) } }; output n'],
    [
      'operations',
      'node n { from { x }; through any 1..2 of { around(one of { relu, bn }), conv(channels) } }; output n',
    ],
  ])('is made only where that is taken: %s', (_, cell) => {
    const ir = irOf({ cell })
    // Around with either body, alone or beside conv, and conv alone.
    expect(countOf(ir)).toBe(5n)
    expect(countOf(ir)).toBe(BigInt(enumerated(ir, 's').length))
  })
})

describe('a choice that a parameter of a cell calls for', () => {
  it('is found, whatever the parameter takes first', () => {
    const ir = irOf({
      parameters: ', k: int = one of { 1, 3 }',
      cell: 'node n { from { x }; through conv(channels, if k != 3 then 5 else one of { 1, 3, 7 }) }; output n',
    })
    expect(decisionsOf(ir, 's', options).map(({ path }) => path)).toEqual(['k', 'use.n.kernel[x]'])
    expect(countOf(ir)).toBe(4n)
  })
})

describe('a name that a stage and its layers both have', () => {
  it('is that of the stage in a require', () => {
    const stacks = 'stage a { width 2; layer conv(one of { 4, 2 }) -> conv(channels) }'
    const ir = irOf({ stacks, more: 'require a.width <= 3' })
    expect(countOf(ir)).toBe(2n)
  })
})

describe('cells whose inputs are the same map', () => {
  const cell =
    'node n { from { s0, s1 }; through one of { conv(channels, 1), conv(channels, 3), conv(channels, 5) } }; output n'
  it.each([
    ['stack 1 of use, channels 4', 6n],
    ['stack 2 of use, channels 4', 9n],
    ['stage a { width 4; layer relu }; stack 1 of use, channels 4', 6n],
    ['stack 1 of use, channels 4; stack 1 of use, channels 4', 9n],
  ])('differ without regard to the order of terms: %s', (stacks, distinct) => {
    const ir = irOf({ inputs: 's0, s1', cell, stacks })
    expect(countDistinct(ir, 's', options)).toEqual({ count: distinct })
  })
})

describe('what a cell requires', () => {
  it('is asked only of networks that have the cell', () => {
    const ir = irOf({
      uses: 'cell use = cell1; cell other = cell1',
      cell: 'node n { from any 1 of { x }; through relu }; node m { from any 0..1 of { n }; through relu }; output sum(n, m); require every node is reached',
      stacks: 'stack one of { 1, 2 } of use, other at { 1 }, channels 4',
    })
    const members = enumerated(ir, 's').filter(
      ({ architecture }) => unmetConstraints(ir, architecture, {}).length === 0,
    )
    // One cell: its m is there. Two: both are.
    expect(members).toHaveLength(2)
    expect(countOf(ir)).toBe(2n)
  })
})

describe('options that each copy of a cell names otherwise', () => {
  it('are printed and read back', () => {
    const parts = {
      cell: 'node n { from { x }; through one of { (if x.channels > 5 then around(relu) else depthwise(3)), conv(channels) } }; output n',
      stacks: 'stack 1 of use, channels 6; stack 1 of use, channels 6',
    }
    const ir = irOf(parts)
    const drawn = sampler(ir, 's', options, { where: [] })
    for (let index = 0; index < 8; index++) {
      const { architecture } = drawn.draw(createRandom(index))
      const printed = printArchitecture(ir, architecture, 'a', {})
      expect(compiledText(`${textOf(parts)}\n${printed}`).architectures).toHaveLength(1)
    }
  })
})

describe('a set of options of which one is named by its text', () => {
  it('is printed and read back', () => {
    const text = textOf({
      stacks: 'stage a { width 2; depth 2; layer any 2 of { conv(channels), conv(channels, layer) } }',
    })
    const ir = compiledText(text)
    const { architecture } = sampler(ir, 's', options, { where: [] }).draw(createRandom(1))
    const printed = printArchitecture(ir, architecture, 'a', {})
    expect(compiledText(`${text}\n${printed}`).architectures).toHaveLength(1)
  })
})

describe('a choice of one option that is met first in one place, and elsewhere behind another choice', () => {
  it('is a part of every architecture', () => {
    const ir = compiledText(`
import { conv, global_pool, linear } from std:nn
space s {
  input image(6, 3); classes 2
  network {
    let other = one of { false, true }
    stage a {
      let kernel = one of { (if in > 2 then 1 else 3) }
      layer conv(channels, if (one of { true, false }) or other then kernel else kernel)
    }
    head global_pool -> linear(classes)
  }
}`)
    const drawn = sampler(ir, 's', options, { where: [] })
    for (let index = 0; index < 8; index++)
      expect(Object.keys(drawn.draw(createRandom(index)).architecture.decisions)).toContain('a.kernel')
  })
})

describe('what is chosen in an operation that a cell is given', () => {
  it('is settled where the cell comes to use it, and by one network of the cell as of all', () => {
    const cell = 'node n[1..2] { from { x }; through body; merge sum }; output n[2]'
    const uses = 'cell use = cell1(body: residual { around(conv(channels, one of { 1, 3 })) })'
    const ir = irOf({ parameters: ', body: operation = relu', cell, uses })
    expect(countOf(ir)).toBe(2n)
    expect(decisionsOf(ir, 's', options).map(({ path }) => path)).toHaveLength(1)
  })
})

describe('a condition of a cell', () => {
  it('needs no parameter that it does not speak of', () => {
    const cell = `node n { from any 0.. of { x }; through relu }; node m { from { x, n }; through conv(channels, k); merge sum }
  output m; require edges != 3`
    const ir = irOf({ parameters: ', k: int = one of { 1, 3 }', cell })
    // The node n reads nothing, so that m has one edge, under either kernel.
    expect(countOf(ir)).toBe(2n)
  })

  it('counts an operation that is one of several taken, by its name', () => {
    const cell = 'node n { from { x }; through any 1..2 of { relu, bn } }; output n'
    expect(countOf(irOf({ cell, more: 'require count(relu in use) == 0' }))).toBe(1n)
    expect(countOf(irOf({ cell, more: 'require relu in use.n.through[x]' }))).toBe(2n)
    expect(countOf(irOf({ cell, more: 'require use.n.through[x] == { bn, relu }' }))).toBe(1n)
  })
})

describe('a let that only a condition reads', () => {
  const stem = (more: string): string => `
import { conv, global_pool, linear } from std:nn
let kernel = one of { 3, 4 }
space s {
  input image(6, 3); classes 2
  network { stem conv(2, one of { 5, 1 } per space); head global_pool -> linear(classes) }
  ${more}
}`

  it('gives no other decision another path', () => {
    const paths = (more: string): readonly string[] =>
      decisionsOf(compiledText(stem(more)), 's', options).map(({ path }) => path)
    expect(paths('')).toEqual(['kernel'])
    expect(paths('require kernel != 5')).toEqual(['kernel'])
  })
})

describe('a switch that layers need only where there are more of them', () => {
  it('is tried there as well', () => {
    const ir = compiledText(`
import { conv, depthwise, global_pool, linear, relu } from std:nn
space s {
  input image(6, 3); classes 2
  network {
    stage a {
      let flag = one of { true, false }
      depth one of { 1, 2 }
      layer if flag or first then relu else depthwise(one of { 1, 3 })
    }
    head global_pool -> linear(classes)
  }
}`)
    expect(countOf(ir)).toBe(5n)
    expect(decisionsOf(ir, 's', options).map(({ path }) => path)).toContain('a.layer[2].kernel')
  })
})

describe('a graph of a cell that hangs on a choice', () => {
  it.each([
    [
      'how many inputs',
      'node a { from { x }; through relu }; node n { from any 1..k of { x, a }; through relu }; output n',
    ],
    ['how many nodes', 'node a[1..k] { from { x }; through relu }; node n { from { x }; through relu }; output n'],
    ['how many outputs', 'node a { from { x }; through relu }; output concat(any 1..k of { a, x })'],
    ['which connections', 'let o = one of { relu, bn }; node n { from any 1.. of { x } x { o, relu } }; output n'],
  ])('is not counted, and told so: %s', (_, cell) => {
    const ir = irOf({ parameters: ', k: int = one of { 1, 2 }', cell })
    expect(() => countOf(ir)).toThrow(/may read hangs on/)
  })
})

describe('the second choice of a cell that is called like an edge', () => {
  it('prints and reads back as a choice of the cell', () => {
    const text = textOf({
      cell: 'node n { from any 0..1 of { x }; through one of { relu, one of { bn, conv(channels) } per cell } per cell }; output sum(n)',
    })
    const ir = compiledText(text)
    for (let index = 0; index < 6; index++) {
      const { architecture } = sampler(ir, 's', options, { where: [] }).draw(createRandom(index))
      const printed = printArchitecture(ir, architecture, 'a', {})
      expect(compiledText(`${text}\n${printed}`).architectures).toHaveLength(1)
    }
  })
})
