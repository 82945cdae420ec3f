import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { nasc } from '../../support/captured.js'

function fileOf(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'nasc-test-')), 'main.nas')
  writeFileSync(file, text)
  return file
}

const threeMistakes = [
  'import { conv, bn, global_pool, linear } from std:nn',
  'param width = 16',
  'let kernel = widht + 1',
  'space tiny {',
  '  input image(8, 8, 3)',
  '  classes 10',
  '  network {',
  '    stem conv(width, kernal: 3) -> bn',
  '    head global_pol -> linear(classes)',
  '  }',
  '}',
  '',
].join('\n')

describe('nasc check', () => {
  it('finds nothing in the DARTS space and says what it proved', async () => {
    const { code, out, err } = await nasc('check', 'spaces/darts.nas')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toBe('ok spaces/darts.nas: 1 space, 1 search, 3 architectures, 6 expectations hold\n')
  })

  it('gives three diagnostics for three mistakes: codes, exact spans, near names, exit code 1, no stack', async () => {
    const file = fileOf(threeMistakes)
    const { code, out } = await nasc('check', file, '--json')
    expect(code).toBe(1)
    const { diagnostics } = JSON.parse(out)
    const errors = diagnostics.filter((each: { severity: string }) => each.severity === 'error')
    expect(errors).toHaveLength(3)
    const lines = threeMistakes.split('\n')
    const found = errors.map((each: { range: { start: Point; end: Point } }) => {
      expect(each.range.start.line).toBe(each.range.end.line)
      const line = lines[each.range.start.line - 1] ?? ''
      return line.slice(each.range.start.column - 1, each.range.end.column - 1)
    })
    expect(found.sort()).toEqual(['global_pol', 'kernal', 'widht'])
    for (const each of errors) {
      expect(each.code).toMatch(/^NAS\d{4}$/)
      expect(each.file).toBe(file)
    }
    const text = await nasc('check', file)
    expect(text.code).toBe(1)
    const words = text.out + text.err
    for (const near of ['width', 'kernel', 'global_pool']) expect(words).toContain(near)
    expect(words).not.toMatch(/\n\s+at .*\.[jt]s:\d+/)
  })

  it('fails where an expectation does not hold, and says what was found', async () => {
    const file = fileOf(
      [
        'import { bn, conv, global_pool, linear } from std:nn',
        'space tiny {',
        '  input image(8, 8, 3)',
        '  classes 10',
        '  network { stem conv(4, 3) -> bn; head global_pool -> linear(classes) }',
        '}',
        'architecture A of tiny { expect parameters = 1 }',
      ].join('\n'),
    )
    const { code, out, err } = await nasc('check', file)
    expect(code).toBe(1)
    // 3 * 3 * 3 * 4 + 2 * 4 + 4 * 10 + 10
    expect(out + err).toContain('166')
  })

  it('names a file that does not exist', async () => {
    const { code, out, err } = await nasc('check', 'spaces/dart.nas')
    expect(code).toBe(1)
    expect(out + err).toContain('spaces/dart.nas')
  })
})

interface Point {
  readonly line: number
  readonly column: number
}
