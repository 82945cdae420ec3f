import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { describe, expect, it } from 'vitest'
import { nasc } from '../../support/captured.js'

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

  it('keeps the rights of a file, and a link to it', async () => {
    const file = fileOf('let  a=3\n')
    chmodSync(file, 0o640)
    const link = `${file}.link.nas`
    symlinkSync(file, link)
    expect(await nasc('fmt', link)).toMatchObject({ code: 0 })
    expect(readFileSync(file, 'utf8')).toBe('let a = 3\n')
    expect(statSync(file).mode & 0o777).toBe(0o640)
    expect(lstatSync(link).isSymbolicLink()).toBe(true)
    expect(readdirSync(dirname(file)).sort()).toEqual(['main.nas', 'main.nas.link.nas'])
  })

  it('leaves a file as it was where it cannot be written in full', async () => {
    const file = fileOf('let  a=3\n')
    // Where the new text would be written first, it finds no room.
    mkdirSync(`${file}.${String(process.pid)}.tmp`)
    const { code, err } = await nasc('fmt', file)
    expect(code).toBe(2)
    expect(err).toContain('NAS8013')
    expect(err).toContain(`${file} cannot be written`)
    expect(readFileSync(file, 'utf8')).toBe('let  a=3\n')
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
