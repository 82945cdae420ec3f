import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseArguments } from '../../../src/cli/arguments/parse-arguments.js'
import { commandTable } from '../../../src/cli/command-table.js'
import { nasc } from '../../support/captured.js'

function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'nasc-test-'))
}

describe('nasc init', () => {
  it('lists its templates', async () => {
    const { code, out } = await nasc('init', '--list')
    expect(code).toBe(0)
    expect(out.split('\n').map((line) => line.split(' ')[0])).toEqual(['cells', 'chain', 'mobile', ''])
  })

  it.each(['cells', 'chain', 'mobile'])(
    '%s checks without a finding, and its network is drawn and costed',
    async (name) => {
      const folder = join(emptyFolder(), 'new', 'project')
      expect(await nasc('init', folder, '--template', name)).toMatchObject({ code: 0, err: '' })
      expect(readdirSync(folder).sort()).toEqual(['README.md', 'space.nas'])
      const file = join(folder, 'space.nas')
      expect(await nasc('check', file)).toEqual({
        code: 0,
        out: `ok ${file}: 1 space, 1 search, 1 architecture\n`,
        err: '',
      })
      const arch = /--arch (\w+)/.exec(readFileSync(join(folder, 'README.md'), 'utf8'))?.[1] ?? ''
      expect((await nasc('cost', file, '--arch', arch)).code).toBe(0)
      expect((await nasc('graph', file)).out).toMatch(/^<svg/)
    },
  )

  it('names only commands and options that exist in its README', async () => {
    const folder = emptyFolder()
    await nasc('init', folder)
    const lines = [...readFileSync(join(folder, 'README.md'), 'utf8').matchAll(/^nasc (\w+) (.*?) *#/gm)]
    expect(lines.length).toBeGreaterThan(5)
    for (const [, name = '', rest = ''] of lines) {
      const { command } = await commandTable.find((row) => row.name === name)!.load()
      expect(() => parseArguments(name, command, rest.split(' '))).not.toThrow()
    }
  })

  it('never overwrites a file, and then writes none', async () => {
    const folder = emptyFolder()
    writeFileSync(join(folder, 'README.md'), 'mine')
    const { code, err } = await nasc('init', folder)
    expect(code).not.toBe(0)
    expect(err).toContain('README.md is there already')
    expect(readdirSync(folder)).toEqual(['README.md'])
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toBe('mine')
  })

  it('knows near names of templates', async () => {
    const { code, err } = await nasc('init', emptyFolder(), '--template', 'mobil')
    expect(code).toBe(2)
    expect(err).toContain('Did you mean `mobile`?')
  })
})
