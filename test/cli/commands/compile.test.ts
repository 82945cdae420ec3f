import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { nasc } from '../../support/captured.js'
import { irFormat } from '../../../src/ir/model/ir.js'

const darts = 'spaces/darts.nas'
const temporary = (): string => mkdtempSync(join(tmpdir(), 'nasc-test-'))

describe('nasc compile', () => {
  it('writes NAME.ir.json and says its hash', async () => {
    const folder = temporary()
    const { code, out } = await nasc('compile', darts, '--out', folder)
    expect(code).toBe(0)
    const ir = JSON.parse(readFileSync(join(folder, 'darts.ir.json'), 'utf8'))
    expect(ir.format).toBe(irFormat)
    expect(ir.hash).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(out).toContain(ir.hash)
  })

  it('writes to stdout with --out -, the same as with --json', async () => {
    const { code, out } = await nasc('compile', darts, '--out', '-')
    expect(code).toBe(0)
    expect(out).toBe((await nasc('compile', darts, '--json')).out)
    expect(JSON.parse(out).source).toBe('darts.nas')
  })

  it('shows tokens, trees and a plan', async () => {
    expect((await nasc('compile', darts, '--stage', 'tokens')).out).toMatch(/^\d+:\d+ +\w+ +"import"/m)
    expect((await nasc('compile', darts, '--stage', 'cst')).out).toMatch(/^file\n/)
    expect(JSON.parse((await nasc('compile', darts, '--stage', 'ast')).out).kind).toBe('file')
    const plan = await nasc('compile', darts, '--stage', 'plan', '--set', 'cells=2', '--set', 'width=4')
    expect(plan.out).toMatch(/ = conv2d\(images/)
    expect(plan.out).toMatch(/^output loss = /m)
  })

  it('refuses an IR that was changed, of another version, or that is none', async () => {
    const folder = temporary()
    const file = join(folder, 'darts.ir.json')
    const { out } = await nasc('compile', darts, '--json')
    const cases: readonly (readonly [string, string])[] = [
      [out.replace('"darts.nas"', '"other.nas"'), 'NAS6004'],
      [out.replace(irFormat, 'nasc-ir/9'), 'NAS6002'],
      [out.slice(0, out.length / 2), 'NAS6001'],
    ]
    for (const [text, expected] of cases) {
      writeFileSync(file, text)
      const { code, err } = await nasc('cost', file, '--supernet')
      expect(code).toBe(1)
      expect(err).toContain(expected)
      expect(err).toContain(file)
    }
  })

  it('says where it cannot write', async () => {
    const file = join(temporary(), 'a')
    writeFileSync(file, '')
    const { code, err } = await nasc('compile', darts, '--out', join(file, 'b.json'))
    expect(code).toBe(2)
    expect(err).toContain('cannot be written')
  })
})
