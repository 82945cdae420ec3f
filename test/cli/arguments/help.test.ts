import { describe, expect, it } from 'vitest'
import { commandTable } from '../../../src/cli/command-table.js'
import { nasc } from '../../support/captured.js'

describe('help', () => {
  it('lists every command of cli.md that exists, and exits with 0', async () => {
    const { code, out, err } = await nasc('--help')
    expect(code).toBe(0)
    expect(err).toBe('')
    for (const name of [
      'check',
      'compile',
      'cost',
      'run',
      'resume',
      'eval',
      'doctor',
      'count',
      'sample',
      'explain',
      'graph',
      'diff',
      'init',
    ]) {
      expect(out).toMatch(new RegExp(`^  ${name} +\\S`, 'm'))
    }
  })

  it('is shown without a command too, as wrong use', async () => {
    const { code, out } = await nasc()
    expect(code).toBe(2)
    expect(out).toContain('Commands:')
  })

  it.each(commandTable.map((row) => row.name))('of %s shows options and examples', async (name) => {
    const { code, out } = await nasc(name, '--help')
    expect(code).toBe(0)
    expect(out).toMatch(new RegExp(`^nasc ${name} `))
    expect(out).toContain('Options:')
    expect(out).toContain('Examples:')
    expect(out).toContain(`  nasc ${name}`)
    expect(out).toMatch(/--json /)
  })

  it('gives the same page for `nasc help NAME`', async () => {
    expect((await nasc('help', 'cost')).out).toBe((await nasc('cost', '--help')).out)
  })

  it('prints the version of package.json', async () => {
    expect((await nasc('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})
