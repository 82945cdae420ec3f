import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compiler/index.js'
import { nodeHost } from '../../src/compiler/modules/node-host.js'
import { countArchitectures } from '../../src/analysis/index.js'
import { costOf } from '../../src/space/cost/index.js'
import { buildNetwork, relaxedBinding, resolveParams } from '../../src/space/index.js'
import { verifyExpectations } from '../../src/architectures/index.js'
import type { Ir } from '../../src/ir/model/ir.js'
import { codeLines } from '../support/code-lines.js'

const files = [
  'darts',
  'darts-genotypes',
  'darts-imagenet',
  'pc-darts',
  'entrannas',
  'toponas',
  'la-darts',
  'nas-bench-201',
  'nas-bench-101',
] as const

const compiled = new Map<string, Ir>()
function irOf(name: (typeof files)[number]): Ir {
  const known = compiled.get(name)
  if (known) return known
  const { value, diagnostics } = compile(`spaces/${name}.nas`, nodeHost())
  if (!value) throw new Error(diagnostics.map(({ message }) => message).join('\n'))
  compiled.set(name, value)
  return value
}

function supernet(name: (typeof files)[number], space: string, shareFeatures = false): readonly [number, number] {
  const ir = irOf(name)
  const options = { params: resolveParams(ir, {}), binding: relaxedBinding, mode: 'shared', shareFeatures } as const
  const { parameters, macs } = costOf(buildNetwork(ir, space, options))
  return [parameters, macs]
}

function count(name: (typeof files)[number], space: string): bigint {
  const ir = irOf(name)
  return countArchitectures(ir, space, { params: resolveParams(ir, {}) }).architectures
}

/** Found value per architecture, quantity, convention and setting. */
function proven(name: (typeof files)[number]): readonly string[] {
  return verifyExpectations(irOf(name)).map(({ architecture, expectation, found, holds }) => {
    const convention = expectation.convention === undefined ? '' : `(${expectation.convention})`
    return `${architecture} ${expectation.cost}${convention} ${found} ${holds}`
  })
}

describe.each(files)('spaces/%s.nas', (name) => {
  it('compiles without a warning, but of what is not available yet', () => {
    const slugs = compile(`spaces/${name}.nas`, nodeHost()).diagnostics.map(({ slug }) => slug)
    expect(slugs.filter((slug) => slug !== 'not-available')).toEqual([])
  })

  it('is brief: at most 25 lines of code beside imports for what a space needs, and for a search', () => {
    const { space, searches } = codeLines(readFileSync(`spaces/${name}.nas`, 'utf8'))
    expect(space).toBeLessThanOrEqual(25)
    for (const [search, lines] of Object.entries(searches)) expect([search, lines <= 25]).toEqual([search, true])
  })
})

describe('published networks', () => {
  // papers/darts-family.md, 1.6: cross-checked against public figures.
  it('of DARTS and PC-DARTS on ImageNet', () => {
    const rows = proven('darts-imagenet').filter((row) => /^(DARTS_V1|DARTS_V2|PC_DARTS_cifar) /.test(row))
    expect(rows).toEqual([
      'DARTS_V1 parameters 4510432 true',
      'DARTS_V1 macs 505864704 true',
      'DARTS_V1 macs(full) 519750912 true',
      'DARTS_V2 parameters 4718752 true',
      'DARTS_V2 macs 529911552 true',
      'DARTS_V2 macs(full) 544588032 true',
      'PC_DARTS_cifar parameters 5270560 true',
      'PC_DARTS_cifar macs 571137408 true',
      'PC_DARTS_cifar macs(full) 586359552 true',
    ])
  })

  it('of PC-DARTS on ImageNet and P-DARTS have the operations that were published: 597M, 557M', () => {
    const full = (name: string): number =>
      Number(
        proven('darts-imagenet')
          .find((row) => row.startsWith(`${name} macs(full)`))
          ?.split(' ')[2],
      )
    expect(Math.round(full('PC_DARTS_image') / 1e6)).toBe(597)
    expect(Math.round(full('PDARTS') / 1e6)).toBe(557)
  })

  it('of a rewritten space are those of the space it rewrites', () => {
    expect(proven('pc-darts')).toEqual(['PC_DARTS_cifar parameters 3634678 true', 'PC_DARTS_cifar macs 556670592 true'])
  })

  it('of the other genotypes hold as well', () => {
    for (const name of ['darts-genotypes', 'darts-imagenet'] as const) {
      expect(proven(name).filter((row) => !row.endsWith('true'))).toEqual([])
    }
    expect(proven('darts-genotypes')).toHaveLength(16)
  })

  // All six convolutions in 15 cells, two blocks between them, stem and head, added up by hand.
  it('of NAS-Bench-201: its largest and its emptiest network', () => {
    const convolutions = [16, 32, 64].reduce((sum, c) => sum + 5 * 6 * (9 * c * c + 2 * c), 0)
    const block = (a: number, b: number): number => 9 * a * b + 2 * b + 9 * b * b + 2 * b + a * b
    const rest = 27 * 16 + 32 + block(16, 32) + block(32, 64) + 128 + 650
    const rows = proven('nas-bench-201')
    expect(rows).toContain(`all_conv3 parameters ${convolutions + rest} true`)
    expect(rows).toContain(`all_none parameters ${rest} true`)
    expect(convolutions + rest).toBe(1_531_546)
  })

  // A quarter of the channels per branch: four projections, one 1x1 and three 3x3 convolutions per cell.
  it('of NAS-Bench-101: the example of its code', () => {
    const cell = (arrive: number, all: number): number => {
      const c = all / 4
      return 4 * (arrive * c + 2 * c) + (c * c + 2 * c) + 3 * (9 * c * c + 2 * c)
    }
    const cells = 3 * cell(128, 128) + cell(128, 256) + 2 * cell(256, 256) + cell(256, 512) + 2 * cell(512, 512)
    const parameters = 27 * 128 + 256 + cells + 5130
    expect(parameters).toBe(2_694_282)
    expect(proven('nas-bench-101')).toEqual([`inception_like parameters ${parameters} true`])
  })
})

describe('supernets', () => {
  // papers/darts-family.md, 1.6
  it('DARTS 1,930,618 weights and 300.26M multiply-accumulates', () => {
    expect(supernet('darts', 'darts')).toEqual([1_930_618, 300_255_744])
  })

  it('PC-DARTS with a quarter of the channels 299,578 and 56.60M', () => {
    expect(supernet('pc-darts', 'pc_darts')).toEqual([299_578, 56_596_992])
  })

  it('EnTranNAS with shared features 749,050 and 119.94M', () => {
    const [parameters, macs] = supernet('entrannas', 'darts.darts@entrannas', true)
    expect(parameters).toBe(749_050)
    expect((macs / 1e6).toFixed(2)).toBe('119.94')
  })
})

describe('counts', () => {
  const sum = (of: number, ways: (inputs: number) => bigint): bigint => {
    let product = 1n
    for (let inputs = 2; inputs <= 5; inputs++) product *= ways(inputs)
    return product ** BigInt(of)
  }
  const pairs = (inputs: number): bigint => BigInt((inputs * (inputs - 1)) / 2)

  it('DARTS and PC-DARTS: two inputs, eight operations', () => {
    const all = sum(2, (inputs) => pairs(inputs) * 64n)
    expect(count('darts', 'darts')).toBe(all)
    expect(count('pc-darts', 'pc_darts')).toBe(all)
    expect(count('pc-darts', 'pc_darts_imagenet')).toBe(all)
    expect(count('darts-imagenet', 'darts_imagenet')).toBe(all)
    expect(count('toponas', 'darts.darts')).toBe(all)
    expect(count('la-darts', 'darts.darts')).toBe(all)
  })

  it('EnTranNAS: seven operations, 1,037,664,180 cells per type; twelve operations', () => {
    expect(count('entrannas', 'darts.darts@entrannas')).toBe(1_037_664_180n ** 2n)
    expect(count('entrannas', 'darts.darts@entrannas_extended')).toBe(sum(2, (inputs) => pairs(inputs) * 144n))
  })

  it('EnTranNAS-DST: any non-empty set of connections', () => {
    expect(count('entrannas', 'darts.darts@entrannas_dst')).toBe(sum(2, (inputs) => 2n ** BigInt(7 * inputs) - 1n))
  })

  it('TopoNAS: any non-empty set of inputs, one of eight operations on each', () => {
    expect(count('toponas', 'darts.darts@toponas')).toBe(sum(2, (inputs) => 9n ** BigInt(inputs) - 1n))
  })

  it('NAS-Bench-201: 15,625', () => {
    expect(count('nas-bench-201', 'nas_bench_201')).toBe(15_625n)
  })
})
