import { describe, expect, it } from 'vitest'
import { nasc } from '../../support/captured.js'

const darts = 'spaces/darts.nas'

describe('wrong use ends with exit code 2, says what is expected and shows no stack', () => {
  const cases: readonly (readonly [name: string, args: readonly string[], says: readonly string[]])[] = [
    ['an unknown command, with a near name', ['chek', darts], ["no command 'chek'", '`check`']],
    ['an unknown option, with a near name', ['cost', darts, '--convntion', 'full'], ['--convntion', '--convention']],
    ['a missing file', ['cost'], ['FILE', '--help']],
    ['two files where one is taken', ['cost', darts, darts], ['FILE', '2']],
    ['an option without its value', ['cost', darts, '--arch'], ['--arch needs a value', 'NAME|FILE']],
    ['an option with an empty value', ['cost', darts, '--arch='], ['--arch needs a value']],
    ['an option given twice', ['run', darts, '--seed', '1', '--seed', '2'], ['--seed is given twice']],
    ['a number that is none', ['run', darts, '--seed', 'x'], ["--seed is 'x'", 'whole number']],
    ['a number that is too small', ['run', darts, '--threads', '0'], ['at least 1']],
    ['a choice that is none', ['run', darts, '--backend', 'gpu'], ["'gpu'", 'wasm, tensorflow, cpu']],
    ['a --set without a value', ['cost', darts, '--supernet', '--set', 'width'], ["'width'", 'NAME=VALUE']],
    [
      'a param that does not exist, with a near name',
      ['cost', darts, '--supernet', '--set', 'widht=4'],
      ['widht', 'width'],
    ],
    ['a convention that does not exist', ['cost', darts, '--supernet', '--convention', 'flops'], ['flops', 'conv-fc']],
    ['an architecture that does not exist', ['cost', darts, '--arch', 'DARTS_V3'], ["'DARTS_V3'", 'DARTS_V2']],
    ['a space that does not exist', ['cost', darts, '--supernet', '--space', 'dart'], ["'dart'", 'darts']],
    ['two things to cost', ['cost', darts, '--supernet', '--arch', 'DARTS_V2'], ['--arch', '--supernet']],
    ['nothing to cost', ['cost', darts], ['--supernet', 'DARTS_V1']],
    ['a search that does not exist', ['run', darts, '--search', 'first_oder'], ['first_oder', 'first_order']],
    ['a scale that does not exist', ['run', darts, '--scale', 'quik'], ['quik', 'quick']],
  ]
  it.each(cases)('%s', async (_name, args, says) => {
    const { code, out, err } = await nasc(...args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(/^error\[NAS\d{4}\]: /)
    for (const words of says) expect(err).toContain(words)
    expect(err).not.toMatch(/\n\s+at /)
  })

  it('is one JSON document under --json', async () => {
    const { code, out } = await nasc('cost', darts, '--arch', 'DARTS_V3', '--json')
    expect(code).toBe(2)
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'NAS8009' } })
  })
})
