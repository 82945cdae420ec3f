import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compile } from '../../../src/compiler/index.js'
import { memoryHost } from '../../../src/compiler/modules/memory-host.js'
import { nodeHost } from '../../../src/compiler/modules/node-host.js'
import { verifyExpectations } from '../../../src/architectures/index.js'
import { openIr, printIr } from '../../../src/ir/seal/index.js'
import { spotless } from '../../support/programs.js'

const source = readFileSync('spaces/darts.nas', 'utf8')
const { value: ir, diagnostics } = compile('spaces/darts.nas', nodeHost())

describe('spaces/darts.nas', () => {
  it('compiles without a word', () => {
    expect(diagnostics).toEqual([])
  })

  it('has an IR that opens, is the same wherever the file lies, and is small', () => {
    if (ir === undefined) throw new Error('no IR')
    const text = printIr(ir)
    expect(openIr(text, 'darts.ir.json')).toEqual(ir)
    expect(text.length).toBeLessThan(100_000)
    for (const path of ['darts.nas', '/some/where/else/darts.nas']) {
      expect(compile(path, memoryHost({ [path]: source }, nodeHost())).value?.hash).toBe(ir.hash)
    }
  })

  it('changes its hash with its meaning, not with its layout or comments', () => {
    const hashOf = (text: string): string =>
      spotless(compile('darts.nas', memoryHost({ 'darts.nas': text }, nodeHost()))).hash
    expect(hashOf(source.replaceAll('\n', '\r\n').replace('param cells', '// a comment\n  param   cells'))).toBe(
      ir?.hash,
    )
    expect(hashOf(source.replace('cells = 8', 'cells = 9'))).not.toBe(ir?.hash)
  })

  it('holds only what the program reaches', () => {
    const ids = ir?.operations.map(({ id }) => id) ?? []
    expect(ids).toContain('std:cells.sep_conv')
    expect(ids).toContain('std:nn.conv')
    expect(ids).not.toContain('std:cells.unused')
    expect(ir?.components.map(({ name }) => name)).not.toContain('argmax')
    expect(ir?.params.map(({ name }) => name).sort()).toEqual(['cells', 'width'])
  })

  it('proves the parameters and multiply-accumulates of the published genotypes (papers: DARTS, PC-DARTS)', () => {
    if (ir === undefined) throw new Error('no IR')
    expect(verifyExpectations(ir).map(({ architecture, found, holds }) => [architecture, found, holds])).toEqual([
      ['DARTS_V1', 3_169_414, true],
      ['DARTS_V1', 500_987_520, true],
      ['DARTS_V2', 3_349_342, true],
      ['DARTS_V2', 528_359_040, true],
      ['PC_DARTS_cifar', 3_634_678, true],
      ['PC_DARTS_cifar', 556_670_592, true],
    ])
  })

  it('names three unrelated mistakes at once, each with its exact place and a near name', () => {
    const broken = source
      .replace('max_pool(3), avg_pool(3), skip', 'max_pool(3), avg_pol(3), skip')
      .replace('stack cells of normal', 'stack cells of nomal')
      .replace('derive   top(2)', 'derive   topp(2)')
    const { value, diagnostics: found } = compile('darts.nas', memoryHost({ 'darts.nas': broken }, nodeHost()))
    expect(value).toBeUndefined()
    expect(found.map(({ code, span, help }) => [code, broken.slice(span.start, span.end), help])).toEqual([
      ['NAS2104', 'avg_pol', 'did you mean avg_pool?'],
      ['NAS2110', 'nomal', 'did you mean normal?'],
      ['NAS2106', 'topp', 'did you mean top?'],
    ])
  })
})
