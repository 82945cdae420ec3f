import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compile } from '../../../src/compiler/index.js'
import { memoryHost } from '../../../src/compiler/modules/memory-host.js'
import { nodeHost } from '../../../src/compiler/modules/node-host.js'

const host = nodeHost()
const darts = readFileSync('spaces/darts.nas', 'utf8').split('architecture')[0] ?? ''

function errorsOf(text: string): readonly string[] {
  const { diagnostics } = compile('main.nas', memoryHost({ 'main.nas': text }, host))
  return diagnostics.flatMap(({ code, message, severity }) => (severity === 'error' ? [`${code} ${message}`] : []))
}

describe('what follows from a syntax error', () => {
  it('is not said: without any one word, the file has syntax errors and nothing else', () => {
    const words = [...darts.matchAll(/\/\/.*|"[^"]*"|[a-z_]\w*|\d[\w.]*|->|\.\.|\S/gi)].filter(
      ([word], index) => !word.startsWith('//') && index % 10 === 0,
    )
    let broken = 0
    for (const { 0: word, index } of words) {
      const errors = errorsOf(darts.slice(0, index) + darts.slice(index + word.length))
      const cascading = errors.filter((error) => !error.startsWith('NAS1'))
      if (cascading.length === errors.length) continue
      broken += 1
      expect([word, index, cascading]).toEqual([word, index, []])
    }
    expect(broken).toBeGreaterThan(15)
  })

  it('is not said of a name whose declaration could not be read', () => {
    expect(errorsOf('param = 3\nlet a = width + 1\n')).toEqual(['NAS1101 expected a name, found `=`'])
    expect(errorsOf('op twice(kernel int) = kernel\nlet a = twice(kernel: 3)\n')).toHaveLength(1)
  })

  it('does not hide mistakes in declarations that could be read', () => {
    const errors = errorsOf('import std:nn\nop a = conv(8, 3 -> relu\nop b = convv(8)\nop c = conv(true)\n')
    expect(errors.map((error) => error.slice(0, 7))).toEqual(['NAS1104', 'NAS2104', 'NAS3001'])
  })
})
