import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { commandLine } from '../../src/cli/command-line.js'
import { quietTerminal } from '../support/quiet-terminal.js'

describe('a defect of nasc', () => {
  it('exits with 70, asks for a report and keeps the stack in a file', async () => {
    let err = ''
    const terminal = quietTerminal({
      out: () => {
        throw new Error('the tape is torn')
      },
      err: (text) => void (err += text),
    })
    const code = await commandLine(['--version'], terminal)
    expect(code).toBe(70)
    expect(err).toContain('the tape is torn')
    expect(err).toContain('report')
    expect(err).not.toMatch(/\n\s+at /)
    const file = /in (\S+stack\.txt)/.exec(err)?.[1] ?? ''
    const kept = readFileSync(file, 'utf8')
    expect(kept).toMatch(/\n\s+at /)
    expect(kept).toContain('nasc --version')
  })
})
