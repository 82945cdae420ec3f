import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compiler/index.js'
import { nodeHost } from '../../src/compiler/modules/node-host.js'
import { sampler } from '../../src/analysis/index.js'
import { explore, resolveParams, type Architecture, type ParamValues } from '../../src/space/index.js'
import { architectureOf, printArchitecture } from '../../src/architectures/index.js'
import type { Ir } from '../../src/ir/model/ir.js'
import { createRandom } from '../../src/runtime/random/random.js'

const host = nodeHost()
const files = readdirSync('spaces').filter((name) => name.endsWith('.nas'))

/** Spaces whose diagrams take long to build, and that have no constraints: every choice is drawn by itself. */
const drawnOneByOne: ReadonlySet<string> = new Set(['fbnetv2'])

function drawn(ir: Ir, space: string, params: ParamValues, count: number): readonly Architecture[] {
  const random = createRandom(7)
  if (!drawnOneByOne.has(space)) {
    const prepared = sampler(ir, space, { params })
    return Array.from({ length: count }, (_, index) => prepared.draw(random.stream(`draw/${index}`)).architecture)
  }
  return Array.from({ length: count }, (_, index) => {
    const stream = random.stream(`draw/${index}`)
    const taken: Record<string, readonly number[]> = {}
    for (const { decision, gates } of explore(ir, space, { params }).decisions) {
      const exists = [...gates].every(([path, options]) => taken[path]?.some((option) => options.has(option)))
      if (exists) taken[decision.path] = [Math.floor(stream.uniform() * decision.options.length)]
    }
    return { space, decisions: taken }
  })
}

function compiledWith(file: string, text: string): ReturnType<typeof compile> {
  return compile(file, {
    ...host,
    read: (path) => (path === file ? `${host.read(path)}\n${text}` : host.read(path)),
  })
}

function errorsWith(file: string, text: string): readonly string[] {
  const { diagnostics } = compiledWith(file, text)
  return diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message)
}

/** The program of a file with further declarations at its end. */
function withText(file: string, text: string): Ir {
  const { value } = compiledWith(file, text)
  if (!value) throw new Error(errorsWith(file, text).join('\n'))
  return value
}

describe('architectures as they are printed', () => {
  it.each(files)('are read back as they were drawn: spaces/%s', (name) => {
    const file = `spaces/${name}`
    const ir = compile(file, host).value
    if (!ir) throw new Error(`${file} has errors`)
    const params = resolveParams(ir, {})
    const all = ir.spaces.flatMap(({ id }) => drawn(ir, id, params, 3))
    const text = all.map((architecture, index) => printArchitecture(ir, architecture, `drawn_${index}`, params))
    const again = withText(file, text.join('\n'))
    expect(all.length).toBeGreaterThan(0)
    all.forEach((architecture, index) => {
      expect(architectureOf(again, `drawn_${index}`, params)).toEqual(architecture)
    })
  })

  it('are whole under their own params, which may leave a cell unused', () => {
    const ir = compile('spaces/darts.nas', host).value
    if (!ir) throw new Error('no IR')
    // Cells 0 and 1 of two are both reductions.
    const params = resolveParams(ir, { cells: 2 })
    const [architecture] = drawn(ir, 'darts', params, 1)
    if (!architecture) throw new Error('nothing drawn')
    expect(Object.keys(architecture.decisions).some((path) => path.startsWith('normal.'))).toBe(false)
    const text = printArchitecture(ir, architecture, 'short', params)
    expect(text).toMatch(/with cells = 2\n/)
    expect(text).not.toMatch(/normal/)
    const again = withText('spaces/darts.nas', text)
    expect(architectureOf(again, 'short', params).decisions).toMatchObject(architecture.decisions)
  })

  it('speak of the space of a search by the name of the search', () => {
    const text =
      'architecture few of entrannas_dst {\n  normal { n1: skip of s0; n2: skip of n1; n3: skip of n2; n4: skip of n3 }\n'
    const rest =
      '  reduction { n1: skip of s0, max_pool(3) of s0; n2: skip of n1; n3: skip of n2; n4: skip of n3 }\n}\n'
    const { architectures } = withText('spaces/entrannas.nas', text + rest)
    expect(architectures[0]?.space).toBe('darts.darts@entrannas_dst')
    expect(errorsWith('spaces/entrannas.nas', (text + rest).replace('entrannas_dst', 'entranas_dst'))).toEqual([
      'there is no space entranas_dst',
    ])
  })
})
