import { describe, expect, it } from 'vitest'
import { paramsOf, printArchitecture, resolveArchitecture } from '../../src/architectures/index.js'
import { formatText } from '../../src/compiler/format/format.js'
import { costsUnder, drawnArchitecture } from '../support/drawn-architectures.js'
import { enumerated } from '../support/enumerated-spaces.js'
import { printedArchitectures } from '../support/printed-architectures.js'
import { checkedText, compiledText } from '../support/programs.js'
import { createRandom } from '../../src/runtime/random/random.js'
import { resolveParams } from '../../src/space/index.js'

describe('architectures as they are printed', () => {
  it('read back to the same decisions and cost, of random programs', () => {
    const printed = printedArchitectures(10, 10)
    expect(printed.length).toBeGreaterThan(4)
    for (const { ir, program, architecture, params, text } of printed) {
      const { value, diagnostics } = checkedText(program + text)
      const about = diagnostics.filter(({ severity, message }) => severity === 'error' || message.includes('drawn'))
      expect(
        about.map(({ message }) => message),
        program + text,
      ).toEqual([])
      const declaration = value?.architectures.find(({ name }) => name === 'drawn')
      if (!value || !declaration) throw new Error(`it is lost:\n${program}${text}`)
      const found = paramsOf(value, declaration)
      const read = resolveArchitecture(value, declaration, found)
      expect(read, program + text).toEqual(architecture)
      expect(costsUnder(value, read, found)).toEqual(costsUnder(ir, architecture, params))
    }
  })

  it('are formatted to what means the same', () => {
    for (const { text } of printedArchitectures(3, 3)) {
      expect(formatText({ path: 'main.nas', text }).kind).toBe('formatted')
    }
  })

  const mixed = `import { conv, global_pool, linear, relu, swish } from std:nn
param widest = 16
op act(kind: string) = if kind == "say \\"a\\"\\\\" then relu else swish
op pick(kernel: int) = conv(channels, one of { 1, kernel })
space s {
  input image(8, 8, 3)
  classes 10
  network {
    stem conv(one of { 8, widest }) -> act(one of { "say \\"a\\"\\\\", "b" })
    stage t { width 8; depth one of 1..3; layer one of { pick(3), pick(5), conv(channels, one of { 3, 5 }) -> relu } }
    head global_pool -> linear(classes)
  }
}
`

  it('are of strings, of operations with choices of their own, of params, and without layers that are not there', () => {
    const ir = compiledText(mixed)
    const params = resolveParams(ir, { widest: 24 })
    const decisions = {
      'stem.width': [1],
      'stem.kind': [0],
      't.depth': [1],
      't.layer[1]': [1],
      't.layer[1].pick(5).kernel': [0],
      't.layer[2]': [2],
      't.layer[2].kernel': [1],
    }
    const absent = { 't.layer[3]': [0], 't.layer[3].pick(3).kernel': [0], 't.layer[1].kernel': [0] }
    const text = printArchitecture(ir, { space: 's', decisions: { ...decisions, ...absent } }, 'found', params)
    expect(text).toBe(
      [
        'architecture found of s {',
        '  with widest = 24',
        '  stem { width 24, kind "say \\"a\\"\\\\" }',
        '  t { depth 2, layer[1] pick(5), layer[1].pick(5).kernel 1, layer[2] conv -> relu, layer[2].kernel 5 }',
        '}',
        '',
      ].join('\n'),
    )
    const again = compiledText(mixed + text)
    const [declaration] = again.architectures
    if (!declaration) throw new Error('no architecture')
    expect(resolveArchitecture(again, declaration, paramsOf(again, declaration)).decisions).toEqual(decisions)
  })

  it('are those that were drawn, however many layers there are', () => {
    const ir = compiledText(mixed)
    const params = resolveParams(ir, {})
    const drawn = Array.from({ length: 12 }, (_, index) =>
      drawnArchitecture(ir, 's', params, createRandom(5).stream(String(index))),
    ).flatMap((each) => each ?? [])
    expect(new Set(drawn.map(({ decisions }) => decisions['t.depth']?.[0])).size).toBe(3)
    const texts = drawn.map((each, index) => printArchitecture(ir, each, `drawn_${index}`, params))
    const again = compiledText(mixed + texts.join(''))
    expect(again.architectures.map((each) => resolveArchitecture(again, each, params))).toEqual(drawn)
  })

  it('have inputs of nodes that stand by their own where operations on some edges have decisions of another name', () => {
    const program = `import { conv, global_pool, identity, linear, relu } from std:nn
cell c(s0, s1) {
  prepare s0, s1 { conv(channels) }
  let w = one of { 3, 4 }
  node n { from any 0.. of { s0, s1 }; through if w > 3 then one of { identity, relu } else one of { conv(channels), relu } }
  node m { from { n, s0 }; through identity; merge sum }
  output m
}
space s {
  input image(8, 3)
  classes 2
  cell u = c
  network { stem conv(4); stack 1 of u, channels 4; head global_pool -> linear(classes) }
}
`
    const all = readBack(program)
    // No input, of which none asks for `w`; under each `w`, one of two with two operations, or both with four.
    expect(all).toHaveLength(1 + 2 * (2 * 2 + 4))
  })

  it('have paths through connections whose operations are told apart by what is chosen in them', () => {
    const all = readBack(`import { conv, global_pool, linear, relu } from std:nn
op pick(kernel: int) = conv(channels, one of { 1, kernel + 2 })
cell c(x) {
  prepare x { conv(channels) }
  node n { from any 1.. of { x } x { pick(one of { 1, 3 } per cell), pick(one of { 3, 5 }), relu }; merge sum }
  output n
}
space s {
  input image(8, 3)
  classes 2
  cell u = c
  network { stem conv(4); stack 1 of u, channels 4; head global_pool -> linear(classes) }
}
`)
    // Each `pick` has a kernel to choose for its argument and one of two in its body, or is not there; `relu` is or is not.
    expect(all).toHaveLength((1 + 2 * 2) * (1 + 2 * 2) * 2 - 1)
    expect(all[10]).toBe(
      [
        'architecture a10 of s {',
        '  u { n: "pick(one of { 1, 3 } per cell)" of x }',
        '  u.kernel 1',
        '  u.n.pick[1].kernel[x] 3',
        '}',
        '',
      ].join('\n'),
    )
  })

  it('quote options in which names stand that are known at their place alone, also in front of an input', () => {
    const all = readBack(`import { conv, global_pool, linear, relu, swish } from std:nn
op wrap(through: operation) = through -> conv(channels, one of { 1, 3 })
cell c(x) {
  let act = relu
  node n { from { x }; through one of { relu -> act, wrap(swish -> act) } }
  node m { from any 1 of { n } x { act -> act, swish } }
  output sum(n, m)
}
space s {
  input image(8, 3)
  classes 2
  let twice = conv -> conv
  cell u = c
  network {
    stem conv(4)
    stack 1 of u, channels 4
    stage t { let act = relu; layer one of { act -> act, wrap(twice -> act), residual { twice }, conv(in), conv(2 * channels - in) } }
    head global_pool -> linear(classes)
  }
}
`)
    expect(all).toHaveLength((1 + 2) * 2 * (1 + 2 + 3))
    expect(all.at(-5)).toBe(
      [
        'architecture a31 of s {',
        '  u { n: "wrap(swish -> act)" of x; m: "act -> act" of n }',
        '  u.n.wrap.kernel[x] 3',
        '  t { layer[1] "wrap(twice -> act)", layer[1].wrap.kernel 1 }',
        '}',
        '',
      ].join('\n'),
    )
  })

  it('have paths that an operation with arguments begins, whose choice is made once for the space', () => {
    const all = readBack(`import { conv, global_pool, linear, relu } from std:nn
op pick(scale: real) = conv(channels, round(2 * scale * one of { 1, 2 } per space))
op body(kernel: int) = one of { conv(channels, kernel), relu } per space
op after(f: operation) = f -> conv(channels, one of { 1, 3 } per space)
space s {
  input image(8, 3)
  classes 2
  network {
    stage t { width 4; layer one of { pick(0.5), pick(if layer > 1 then 1 else 2), pick(if layer > 2 then 1 else 2) } }
    stage v { width 4; layer one of { body(3), body(5), after(relu -> conv), after(conv(kernel: if layer > 1 then 1 else 2)) } }
    head global_pool -> linear(classes)
  }
}
`)
    expect(all).toHaveLength(3 * 2 * (4 * 2))
    expect(all.join('')).toContain('  pick(0.5).kernel 2\n  v.layer[1] body(5)\n  body(5).body relu\n')
    expect(all.at(-1)).toBe(
      [
        'architecture a47 of s {',
        '  t.layer[1] "pick(if layer > 2 then 1 else 2)"',
        '  pick[3].kernel 2',
        '  v.layer[1] after',
        '  after.kernel[2] 3',
        '}',
        '',
      ].join('\n'),
    )
  })

  it('have paths with texts in quotes, operations and conditions on the place as arguments', () => {
    const all = readBack(`import { conv, global_pool, linear, relu } from std:nn
op say(text: string) = conv(channels, if text == "a b" then one of { 1, 3 } else one of { 1, 5 })
op deep(f: operation, kernel: int) = f -> one of { conv(channels, kernel), relu }
op like(from: int, output: operation) = conv(channels, from) -> output
cell c(x) {
  node n { from { x }; through one of { say("a b"), say("ab"), say("a).b"), like(one of { 1, 3 }, one of { relu, conv(in, 3) }) } }
  node m {
    from { x }
    through one of { deep(relu -> conv, 3), deep(sum(relu, conv), 3), deep(if x.height > 4 then relu else conv, 3), relu }
  }
  output sum(n, m)
}
space s {
  input image(8, 3)
  classes 2
  cell u = c
  network { stem conv(4); stack 1 of u, channels 4; head global_pool -> linear(classes) }
}
`)
    expect(all).toHaveLength((3 * 2 + 2 * 2) * (3 * 2 + 1))
    expect(all.at(-4)).toBe(
      [
        'architecture a66 of s {',
        '  u { m: deep(sum(relu, conv), 3) of x; n: like of x }',
        '  u.m.deep(sum(relu,conv),3).deep[x] relu',
        '  u.n.from[x] 3',
        '  u.n.output[x] conv(kernel: 3)',
        '}',
        '',
      ].join('\n'),
    )
    expect(all.some((text) => text.includes('u.n.say("a b").kernel[x] 3'))).toBe(true)
  })

  it('have parameters of operations that are named like clauses', () => {
    const all = readBack(`import { conv, global_pool, linear, relu } from std:nn
op like(from: int, output: operation, through: operation = relu) = conv(channels, from) -> output -> through
space s {
  input image(8, 3)
  classes 2
  network {
    stage t { width 4; layer like(one of { 1, 3 }, one of { relu, conv(in, 3) }, one of { relu, conv(in, 5), conv(in, 7) }) }
    head global_pool -> linear(classes)
  }
}
`)
    expect(all).toHaveLength(2 * 2 * 3)
    expect(all.at(-1)).toContain(
      't { layer[1].from 3, layer[1].output conv(kernel: 3), layer[1].through conv(kernel: 7) }',
    )
  })

  it('say what decides a part by a line of its own, where the part has other decisions', () => {
    const all = readBack(`import { conv, global_pool, linear, relu } from std:nn
op block(kernel: int) = conv(channels, kernel)
space s {
  input image(8, 3)
  classes 2
  let shared = (if (one of { true, false }) then block(one of { 1, 3 }) else conv(channels, one of { 1, 3 }))
  let plain = one of { relu, block(one of { 1, 3 }) }
  network {
    stem conv(4)
    stage t { layer shared -> plain }
    head global_pool -> linear(classes)
  }
}
`)
    expect(all).toHaveLength(2 * 2 * (1 + 2))
    expect(all.at(-1)).toBe(
      [
        'architecture a11 of s {',
        '  shared false',
        '  plain block',
        '  kernel 3',
        '  shared.kernel[2] 3',
        '}',
        '',
      ].join('\n'),
    )
  })

  it('name operations of modules that the program does not import', () => {
    const others = {
      'blocks.nas': `import { conv as convolution, relu } from std:nn
op block(kernel: int) = convolution(channels, kernel)
let act = relu
let candidates = { block(1), block(3), convolution(channels, 5), act -> convolution(channels), relu }`,
    }
    const program = `import { global_pool, linear } from std:nn
import { candidates } from "./blocks.nas"
space s {
  input image(8, 3)
  classes 2
  network { stage t { width 4; layer one of candidates }; head global_pool -> linear(classes) }
}
`
    const all = readBack(program, others)
    expect(all.map((text) => /layer\[1\] (.*)\n/.exec(text)?.[1])).toEqual([
      'block(1)',
      'block(3)',
      'conv(kernel: 5)',
      'act -> conv',
      'relu',
    ])
  })
})

/** Every architecture of the space `s`, read back from what is printed of it. */
function readBack(program: string, others: Readonly<Record<string, string>> = {}): readonly string[] {
  const ir = compiledText(program, others)
  const { id } = ir.spaces[0] ?? { id: '' }
  const architectures = enumerated(ir, 's').map(({ architecture }) => ({ ...architecture, space: id }))
  const texts = architectures.map((each, index) => printArchitecture(ir, each, `a${index}`, resolveParams(ir, {})))
  const { value, diagnostics } = checkedText(program + texts.join(''), others)
  expect(diagnostics.map(({ message }) => message)).toEqual([])
  if (!value) throw new Error(texts.join(''))
  const read = value.architectures.map((each) => resolveArchitecture(value, each, resolveParams(value, {})))
  expect(read).toEqual(architectures)
  return texts
}
