import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { nasc } from './captured.js'

function fileOf(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'nasc-test-')), 'main.nas')
  writeFileSync(file, text)
  return file
}

describe('nasc fmt', () => {
  it('rewrites a file and names it; a second time there is nothing to do', async () => {
    const file = fileOf('let  a=3\n')
    expect(await nasc('fmt', file)).toMatchObject({ code: 0, out: `${file}\n1 file formatted\n`, err: '' })
    expect(readFileSync(file, 'utf8')).toBe('let a = 3\n')
    expect(await nasc('fmt', file)).toMatchObject({ code: 0, out: '', err: '' })
  })

  it('with --check writes nothing and ends with exit code 1 where a file is not formatted', async () => {
    const file = fileOf('let  a=3\n')
    expect(await nasc('fmt', '--check', file)).toMatchObject({ code: 1, out: `${file}\n1 file not formatted\n` })
    expect(readFileSync(file, 'utf8')).toBe('let  a=3\n')
    const { code, out } = await nasc('fmt', '--check', '--json', file)
    expect({ code, out: JSON.parse(out) }).toEqual({
      code: 1,
      out: { files: [{ file, outcome: 'changed' }], diagnostics: [] },
    })
  })

  it('leaves a file with errors as it is, says where they are, and formats the others', async () => {
    const [bad, good] = [fileOf('let  a=\n'), fileOf('let  a=3\n')]
    const { code, out, err } = await nasc('fmt', bad, good)
    expect({ code, out }).toEqual({ code: 1, out: `${good}\n1 file formatted\n` })
    expect(err).toContain(`--> ${bad}:1:`)
    expect(readFileSync(bad, 'utf8')).toBe('let  a=\n')
    expect(readFileSync(good, 'utf8')).toBe('let a = 3\n')
  })
})
