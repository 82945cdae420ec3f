import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compiler/index.js'
import { memoryHost } from '../../src/compiler/modules/memory-host.js'
import { nodeHost } from '../../src/compiler/modules/node-host.js'
import { costRange, countArchitectures } from '../../src/analysis/index.js'
import { codeBlocks } from '../support/repository.js'

const blocks = codeBlocks().filter(({ page }) => page === 'docs/tutorial.md')
const [program = ''] = blocks.filter(({ language }) => language === 'nas').map(({ text }) => text)
const compiled = (text: string) => compile('digits.nas', memoryHost({ 'digits.nas': text }, nodeHost()))

describe('docs/tutorial.md', () => {
  it('shows a program that checks, with as many architectures as it says', () => {
    const { value, diagnostics } = compiled(program)
    expect(diagnostics).toEqual([])
    const found = value && countArchitectures(value, 'digits', { params: {} }).architectures
    expect(blocks.some(({ text }) => text.includes(`digits: ${String(found)} architectures`))).toBe(true)
  })

  it('shows what a budget is refused with that nothing meets', () => {
    const { diagnostics } = compiled(program.replace('macs <= 0.5M', 'macs <= 0.1M'))
    // `Small` breaks the budget too.
    expect(diagnostics.map(({ code }) => code)).toEqual(['NAS4102', 'NAS4058'])
    const shown = blocks.filter(({ text }) => text.includes('NAS4102'))
    for (const { message, notes, help } of diagnostics.slice(0, 1)) {
      for (const line of [message, ...notes, help ?? '']) expect(shown.map(({ text }) => text).join()).toContain(line)
    }
  })

  it('shows the range of costs that there is', () => {
    const { value } = compiled(program.replace(/^ {2}require.*$/m, ''))
    const range = value && costRange(value, 'digits', { params: {} }, 'macs')
    expect([range?.least.value, range?.greatest.value]).toEqual([162_608, 1_282_944])
  })
})
