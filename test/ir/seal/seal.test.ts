import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson, openIr, printIr, seal, type UnsealedIr } from '../../../src/ir/seal/index.js'
import { irFormat } from '../../../src/ir/model/ir.js'
import { failureOf } from '../../support/failures.js'
import { compiledText } from '../../support/programs.js'

const {
  format: _format,
  hash: _hash,
  ...compiled
} = compiledText(`
import { conv, global_pool, linear, relu } from std:nn
param width = 16
space tiny {
  input   image(8, 3)
  classes 10
  network { stem conv(width); head relu -> global_pool -> linear(classes) }
}
`)
const tiny: UnsealedIr = compiled

/** The text of `tiny` with a change, sealed again unless the change breaks the seal itself. */
function changed(change: (ir: Record<string, unknown>) => void, reseal = true): string {
  const data = JSON.parse(printIr(seal(tiny))) as Record<string, unknown>
  change(data)
  if (reseal) {
    delete data['hash']
    data['hash'] = `sha256:${createHash('sha256').update(canonicalJson(data)).digest('hex')}`
  }
  return JSON.stringify(data)
}

describe('canonical JSON', () => {
  it('sorts keys by code unit, at every depth, and leaves out undefined', () => {
    expect(canonicalJson({ b: [{ z: 1, a: 'é"' }], a: undefined, B: -0, ä: null })).toBe(
      '{"B":0,"b":[{"a":"é\\"","z":1}],"ä":null}',
    )
  })

  it('is the same text for the same data in any order, and parses to the same data', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (data) => {
        const reversed = Object.fromEntries(Object.entries(data).reverse())
        expect(canonicalJson(reversed)).toBe(canonicalJson(data))
        expect(JSON.parse(canonicalJson(data))).toEqual(JSON.parse(JSON.stringify(data)))
      }),
      { seed: 1 },
    )
  })

  it('refuses what JSON cannot hold', () => {
    expect(() => canonicalJson({ a: Number.POSITIVE_INFINITY })).toThrow(TypeError)
  })
})

describe('seal', () => {
  it('hashes the canonical form without the hash', () => {
    const { hash, ...rest } = seal(tiny)
    expect(hash).toBe(`sha256:${createHash('sha256').update(canonicalJson(rest)).digest('hex')}`)
  })

  it('freezes all the way down', () => {
    const ir = seal(tiny)
    expect(Object.isFrozen(ir.params[0]?.default)).toBe(true)
    expect(Object.isFrozen(ir.spaces[0]?.network)).toBe(true)
  })

  it('comes back from its text, frozen', () => {
    const ir = openIr(printIr(seal(tiny)), 'tiny.ir.json')
    expect(ir).toEqual(seal(tiny))
    expect(Object.isFrozen(ir.spaces[0])).toBe(true)
  })

  it('opens whatever the order and the white space of the text', () => {
    const data = JSON.parse(printIr(seal(tiny))) as object
    const text = JSON.stringify(Object.fromEntries(Object.entries(data).reverse()), null, 2)
    expect(openIr(text, 'tiny.ir.json').hash).toBe(seal(tiny).hash)
  })
})

describe('openIr refuses', () => {
  it('what is not JSON', async () => {
    const failure = await failureOf(() => openIr('{"format": ', 'cut.ir.json'))
    expect(failure.code).toBe('NAS6001')
    expect(failure.message).toMatch(/^cut\.ir\.json is not JSON: /)
    expect(failure.help).toContain('nasc compile cut.nas')
  })

  it('another version, and says which', async () => {
    const failure = await failureOf(() =>
      openIr(
        changed((ir) => (ir['format'] = 'nasc-ir/7')),
        'old.ir.json',
      ),
    )
    expect(failure.code).toBe('NAS6002')
    expect(failure.message).toBe(`old.ir.json has the format nasc-ir/7; this version of nasc reads ${irFormat}.`)
    expect(failure.help).toContain('Compile again: nasc compile old.nas')
  })

  it.each(['[]', 'null', '3', '{"name": "package"}', '{"format": 3}'])('what is no IR at all: %s', async (text) => {
    const failure = await failureOf(() => openIr(text, 'package.json'))
    expect(failure.code).toBe('NAS6006')
    expect(failure.message).toContain('package.json is not an IR of nasc')
  })

  it('a changed number', async () => {
    const text = printIr(seal(tiny)).replace('"value":16', '"value":17')
    const failure = await failureOf(() => openIr(text, 'a/tiny.ir.json'))
    expect(failure.code).toBe('NAS6004')
    expect(failure.message).toMatch(/^a\/tiny\.ir\.json was changed after it was sealed: it says sha256:[0-9a-f]{12}…/)
  })

  const atFirst = (ir: Record<string, unknown>, list: string): Record<string, unknown> => {
    const items = ir[list]
    if (!Array.isArray(items)) throw new Error(`no list ${list}`)
    return items[0] as Record<string, unknown>
  }
  it.each<[string, (ir: Record<string, unknown>) => void, string]>([
    ['a missing property', (ir) => delete ir['params'], 'at its top, expected a property "params", found none'],
    ['a property too many', (ir) => (ir['extra'] = 1), 'at its top, expected no other property, found "extra"'],
    ['a wrong type', (ir) => (atFirst(ir, 'params')['name'] = 7), 'at /params/0/name, expected a string, found 7'],
    [
      'an unknown type name',
      (ir) => (atFirst(ir, 'params')['type'] = 'float'),
      'at /params/0/type, expected one of "int", "real"',
    ],
    [
      'an unknown kind of expression',
      (ir) => (atFirst(ir, 'params')['default'] = { kind: 'loop' }),
      'at /params/0/default/kind, expected a kind that this version knows, found "loop"',
    ],
    [
      'a broken expression',
      (ir) => (atFirst(ir, 'params')['default'] = { kind: 'number', value: '16' }),
      'at /params/0/default/value, expected a number, found "16"',
    ],
    [
      'a property of another kind',
      (ir) => (atFirst(ir, 'params')['default'] = { kind: 'number', value: 1, name: 'x' }),
      'at /params/0/default, expected no other property, found "name"',
    ],
  ])('%s', async (_what, change, message) => {
    const failure = await failureOf(() => openIr(changed(change), 'tiny.ir.json'))
    expect(failure.code).toBe('NAS6003')
    expect(failure.message).toContain(`tiny.ir.json is not a well-formed IR: ${message}`)
  })

  it('hostile depth and hostile keys', async () => {
    let deep = '{"kind":"number","value":1}'
    for (let i = 0; i < 20_000; i += 1) deep = `{"kind":"unary","operator":"-","operand":${deep}}`
    const text = printIr(seal(tiny)).replace('{"kind":"number","value":16}', deep)
    expect((await failureOf(() => openIr(text, 'deep.ir.json'))).code).toBe('NAS6003')
    const keys = printIr(seal(tiny)).replace('"arguments":{}', '"arguments":{"__proto__":{"kind":"number","value":1}}')
    expect((await failureOf(() => openIr(keys, 'keys.ir.json'))).code).toBe('NAS6003')
  })
})
