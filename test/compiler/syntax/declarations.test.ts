import { describe, expect, it } from 'vitest'
import { expectSoundSpans, files, find, parsed, plain, readRepositoryFile } from '../../support/syntax-trees.js'

describe('modules', () => {
  it.each(files)('%s has no mistakes and sound spans', (path) => {
    const text = readRepositoryFile(path)
    expectSoundSpans(parsed(text), text)
  })

  it('reads imports of all three kinds', () => {
    const file = parsed('import std:search\nimport a, b from "./c.nas"\nimport { d as e, f } from std:nn')
    expect(plain(file.imports)).toEqual([
      { kind: 'import', module: { kind: 'module-reference', text: 'std:search' } },
      {
        kind: 'import',
        names: [
          { kind: 'import-name', name: 'a' },
          { kind: 'import-name', name: 'b' },
        ],
        module: { kind: 'module-reference', text: './c.nas' },
      },
      {
        kind: 'import',
        names: [
          { kind: 'import-name', name: 'd', alias: 'e' },
          { kind: 'import-name', name: 'f' },
        ],
        module: { kind: 'module-reference', text: 'std:nn' },
      },
    ])
  })

  it('attaches documentation to what follows it', () => {
    const file = parsed(
      '//! The module.\n//! More.\n\n/// A param,\n/// two lines.\nparam a = 1 // not this\n// nor this\nop f(\n  /// First.\n  b: int,\n  c: int) = d\n/// Last.\ncell g(x) { output x }',
    )
    expect(file.doc).toBe('The module.\nMore.')
    expect(find(file, 'param').doc).toBe('A param,\ntwo lines.')
    expect(find(file, 'op').doc).toBeUndefined()
    expect(find(file, 'op').parameters.map((parameter) => parameter.doc)).toEqual(['First.', undefined])
    expect(find(file, 'cell').doc).toBe('Last.')
  })

  it('reads primitives with their rules', () => {
    const { declarations } = parsed(`
      extern op conv(channels: int = channels, kernel: int = 1) {
        require in % 2 == 0 else "an even number of channels"
        out    height = input.height, channels = channels
        weight kernel(kernel, in) init he_normal
        weight bias(channels) as bias init zeros when bias
        macs   kernel * in
        cost   full = 2 * out.height
      }
      extern setting auxiliary(weight: real, at: real)
      extern objective cross_entropy`)
    const kinds = declarations.map((item) =>
      item.kind === 'extern' ? [item.category.text, item.name.text] : item.kind,
    )
    expect(kinds).toEqual([
      ['op', 'conv'],
      ['setting', 'auxiliary'],
      ['objective', 'cross_entropy'],
    ])
    const [conv] = declarations
    if (conv?.kind !== 'extern') throw new Error('expected an extern')
    expect(conv.rules.map((rule) => rule.kind)).toEqual(['require', 'out', 'weight', 'weight', 'macs', 'cost'])
    expect(plain(conv.rules[0])).toMatchObject({ message: 'an even number of channels' })
    expect(plain(conv.rules[3])).toMatchObject({
      name: 'bias',
      shape: ['channels'],
      role: 'bias',
      init: 'zeros',
      when: 'bias',
    })
  })
})

describe('cells', () => {
  const clause = (text: string): unknown => plain(find(parsed(`cell c(x) { node n { ${text} } }`), 'node').clauses[0])

  it.each([
    ['from any 2 of earlier', { arity: { kind: 'arity', least: 2, open: false }, of: { kind: 'earlier' } }],
    ['from any 1.. of earlier', { arity: { kind: 'arity', least: 1, open: true }, of: { kind: 'earlier' } }],
    ['from all of earlier', { of: { kind: 'earlier' } }],
    [
      'from { s1, n[1] }',
      {
        of: {
          kind: 'listed',
          sources: [
            { kind: 'source', name: 's1' },
            { kind: 'source', name: 'n', index: { kind: 'path-index', index: 1 } },
          ],
        },
      },
    ],
    ['from x', { of: { kind: 'listed', sources: [{ kind: 'source', name: 'x' }] } }],
    [
      'from any 1.. of earlier x candidates',
      { arity: { kind: 'arity', least: 1, open: true }, of: { kind: 'earlier' }, operations: 'candidates' },
    ],
  ])('%s', (text, sources) => {
    expect(clause(text)).toEqual({ kind: 'from', sources: { kind: 'sources', ...sources } })
  })

  it('reads overrides on some sources, with and without a value', () => {
    expect(clause('through one of a, stride on s0, s1, kernel = 3 on s1')).toEqual({
      kind: 'through',
      operation: { kind: 'choice', options: 'a' },
      overrides: [
        { kind: 'override', parameter: 'stride', on: ['s0', 's1'] },
        { kind: 'override', parameter: 'kernel', value: 3, on: ['s1'] },
      ],
    })
  })

  it('reads NAS-Bench-101', () => {
    const file = parsed(`cell bench101(x) {
      node n[1..5] { from any 0.. of earlier; project; through one of { conv_bn_relu(3), max_pool(3) }; merge sum }
      output concat(any 1.. of n) + project(any 0..1 of { x })
      require edges <= 9
      require every node is reached and used, or removed
    }`)
    expect(find(file, 'node').clauses.map((item) => item.kind)).toEqual(['from', 'project', 'through', 'merge'])
    expect(find(file, 'cell').items.map((item) => item.kind)).toEqual(['node', 'output', 'require', 'require-every'])
    expect(plain(find(file, 'require-every'))).toMatchObject({ conditions: ['reached', 'used'], otherwise: 'removed' })
  })
})

describe('spaces', () => {
  it('reads a stack with exceptions and doubling, in either spelling', () => {
    const stack = (text: string): unknown => plain(find(parsed(`space s { network { ${text} } }`), 'stack'))
    const expected = {
      kind: 'stack',
      count: 'cells',
      cell: 'normal',
      exceptions: [{ kind: 'stack-exception', cell: 'reduction', at: { kind: 'set', items: [1, 2] } }],
      channels: 'width',
      doubledAt: ['reduction'],
    }
    expect(stack('stack cells of normal, reduction at { 1, 2 }, channels width, doubled at reduction')).toEqual(
      expected,
    )
    expect(stack('stack cells of normal, with reduction at { 1, 2 }, channels width doubled at reduction')).toEqual(
      expected,
    )
    expect(stack('stack 2 of a, doubled at b, c, d at 1, channels 3')).toMatchObject({
      doubledAt: ['b', 'c'],
      exceptions: [{ cell: 'd', at: 1 }],
      channels: 3,
    })
  })

  it('reads stages with open choices in every place', () => {
    const file = parsed(`space mobile {
      input   image(one of {192, 224}, 3)
      classes 1000
      require flops <= 600M and params <= 6M
      network {
        stem  conv(16, kernel: 3) -> bn; conv(3)
        stage mb3 { let k = one of {3, 5}; width one of {32, 40}; depth one of 3..6
          stride 2
          layer  mbconv(kernel: k, expand: one of {4, 5, 6} per stage, se: true) }
        head  global_pool -> linear(classes)
      }
    }`)
    expect(find(file, 'network').items.map((item) => item.kind)).toEqual(['stem', 'stage', 'head'])
    expect(find(file, 'stem').parts).toHaveLength(2)
    const members = find(file, 'stage').items.map((item) =>
      item.kind === 'stage-property' ? item.property : item.kind,
    )
    expect(members).toEqual(['let', 'width', 'depth', 'stride', 'layer'])
  })

  it('ends a stem where the next item begins', () => {
    const file = parsed('space s { network { stem a; b; head c } }')
    expect(plain(find(file, 'stem').parts)).toEqual(['a', 'b'])
    expect(plain(find(file, 'head'))).toEqual({ kind: 'head', value: 'c' })
  })

  it('reads a space that rewrites another', () => {
    const file = parsed(
      'space b = a where candidates = candidates - { none }, from = any 1.. of earlier x candidates\nlet c = 1',
    )
    expect(find(file, 'space-rewrite').rewrites.map((rewrite) => rewrite.kind)).toEqual([
      'value-rewrite',
      'sources-rewrite',
    ])
    expect(file.declarations).toHaveLength(2)
  })
})

describe('architectures', () => {
  it('tells edges, values and blocks apart', () => {
    const file = parsed(`architecture A of s {
      resolution 192
      stem.width 16, normal.n[1].through: skip
      mb1 { width 16, depth 1, kernel 3 }
      normal { n1: sep_conv(3) of s0, skip of n[2]; n2: a of s0 }
      expect macs(full) = 544M within 0.5%
      with cells = 20, width = 36 expect parameters <= 3_349_342
    }`)
    const items = find(file, 'architecture').items
    expect(items.map((item) => item.kind)).toEqual([
      'value-item',
      'value-item',
      'value-item',
      'architecture-block',
      'architecture-block',
      'expect',
      'with',
      'expect',
    ])
    expect(plain(items[4])).toMatchObject({
      items: [
        {
          kind: 'edges',
          edges: [
            { operation: { kind: 'call' }, source: { name: 's0' } },
            { operation: 'skip', source: { name: 'n', index: { index: 2 } } },
          ],
        },
        { kind: 'edges', edges: [{ operation: 'a', source: { name: 's0' } }] },
      ],
    })
    expect(plain(items[5])).toMatchObject({ operator: '=', value: 544e6, within: 0.005 })
    expect(plain(items[6])).toMatchObject({ assignments: [{ value: 20 }, { value: 36 }] })
    expect(plain(items[7])).toMatchObject({ cost: 'parameters', operator: '<=', value: 3349342 })
  })

  it('ends params at a comma that no assignment follows', () => {
    const { items } = find(
      parsed('architecture A of s { with w = 8, v = 2, stem.width 8, expect macs = 1 }'),
      'architecture',
    )
    expect(items.map(({ kind }) => kind)).toEqual(['with', 'value-item', 'expect'])
  })

  it.each([
    [
      'layer[2] b; kernel 3',
      [
        ['value-item', 1],
        ['value-item', 0],
      ],
    ],
    ['layer[2..4] b', [['value-item', 1]]],
    ['layer [a, b, b, c]', [['layers', 0]]],
    ['layer[a, b]', [['layers', 0]]],
    ['layer [a(1, 2)] b', [['value-item', 1]]],
    ['layer [a]', [['layers', 0]]],
    [
      'layer [a]; kernel 3',
      [
        ['layers', 0],
        ['value-item', 0],
      ],
    ],
    [
      'layer [a]\n kernel 3',
      [
        ['layers', 0],
        ['value-item', 0],
      ],
    ],
    [
      'layer: [a] kernel 3',
      [
        ['layers', 0],
        ['value-item', 0],
      ],
    ],
    ['layer[2].kernel [3, 5,]', [['layers', 2]]],
    ['n[1]: a of x, b of x', [['edges', 1]]],
    ['layer[2..4] { kernel 3 }', [['architecture-block', 1]]],
  ])('tells an index from a list of values: %s', (text, expected) => {
    const { items } = find(parsed(`architecture A of s { ${text} }`), 'architecture')
    expect(items.map((item) => [item.kind, 'path' in item ? item.path.steps.length : -1])).toEqual(expected)
  })
})
