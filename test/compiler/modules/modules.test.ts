import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { folderOf, resolveReference } from '../../../src/compiler/modules/host.js'
import { link } from '../../../src/compiler/modules/link.js'
import { memoryHost } from '../../../src/compiler/modules/memory-host.js'
import { nodeHost } from '../../../src/compiler/modules/node-host.js'

function linked(files: Record<string, string>, entry = 'main.nas') {
  return link(entry, memoryHost(files, nodeHost()))
}

describe('paths of modules', () => {
  it.each([
    ['spaces/a.nas', './b.nas', 'spaces/b.nas'],
    ['spaces/a.nas', 'b.nas', 'spaces/b.nas'],
    ['spaces/x/a.nas', '../b.nas', 'spaces/b.nas'],
    ['a.nas', './b.nas', 'b.nas'],
    ['a.nas', '../b.nas', '../b.nas'],
    ['../a.nas', '../b.nas', '../../b.nas'],
    ['/home/a.nas', './b/../c.nas', '/home/c.nas'],
    ['a.nas', 'std:nn', 'std:nn'],
    ['std:cells', './nn.nas', 'std:nn'],
    ['a.nas', '/b.nas', '/b.nas'],
  ])('in %s, %s is %s', (from, reference, path) => {
    expect(resolveReference(from, reference)).toBe(path)
  })

  it('have folders', () => {
    expect(['a.nas', 'b/a.nas', '/a.nas', 'std:nn'].map(folderOf)).toEqual(['.', 'b', '/', 'std:'])
  })
})

describe('a program', () => {
  it('of real files stands in the order of its needs, each module once', () => {
    const { value, diagnostics } = link('spaces/darts.nas', nodeHost())
    expect(diagnostics).toEqual([])
    expect(value.entry).toBe('spaces/darts.nas')
    expect(value.modules.map((module) => module.path)).toEqual([
      'std:nn',
      'std:cells',
      'std:search',
      'spaces/darts.nas',
    ])
    expect(value.modules.at(-1)?.imports).toEqual(['std:nn', 'std:cells', 'std:search'])
  })

  it('shares what is imported twice', () => {
    const { value, diagnostics } = linked({
      'main.nas': 'import "./b.nas"\nimport "./c.nas"',
      'b.nas': 'import "./d.nas"',
      'c.nas': 'import "./d.nas"',
      'd.nas': 'let a = 1',
    })
    expect(diagnostics).toEqual([])
    expect(value.modules.map((module) => module.path)).toEqual(['d.nas', 'b.nas', 'c.nas', 'main.nas'])
  })

  it('names a circle by its path, where it closes', () => {
    const { value, diagnostics } = linked({
      'main.nas': 'import "./b.nas"',
      'b.nas': 'let a = 1\nimport "./c.nas"',
      'c.nas': 'import "./b.nas"',
    })
    expect(diagnostics).toMatchObject([
      {
        slug: 'import-cycle',
        file: 'c.nas',
        span: { start: 7, end: 16 },
        message: 'modules import each other in a circle: b.nas -> c.nas -> b.nas',
      },
    ])
    expect(value.modules.map((module) => [module.path, module.imports])).toEqual([
      ['c.nas', [undefined]],
      ['b.nas', ['c.nas']],
      ['main.nas', ['b.nas']],
    ])
  })

  it('says where it looked for a missing module, and offers a near one', () => {
    const { diagnostics } = linked(
      { 'lib/main.nas': 'import a from "./drats.nas"\nimport std:cels', 'lib/darts.nas': '' },
      'lib/main.nas',
    )
    expect(diagnostics).toMatchObject([
      {
        slug: 'missing-module',
        message: 'there is no module ./drats.nas',
        notes: ['looked for lib/drats.nas'],
        help: 'did you mean ./darts.nas?',
        fixes: [{ edits: [{ text: '"./darts.nas"' }], confidence: 'likely' }],
      },
      {
        slug: 'missing-module',
        notes: ['looked in the standard library'],
        help: 'did you mean std:cells?',
        fixes: [{ edits: [{ text: 'std:cells' }] }],
      },
    ])
  })

  it('lists the standard library where nothing is near', () => {
    const [diagnostic] = linked({ 'main.nas': 'import std:quantum' }).diagnostics
    expect(diagnostic?.help).toMatch(/^The standard library has .*std:nn.*\.$/)
  })

  it('reports mistakes of all its files, the entry first', () => {
    const { diagnostics } = linked({ 'main.nas': 'import "./b.nas"\nlet a = *', 'b.nas': 'let a = *' })
    expect(diagnostics.map((diagnostic) => diagnostic.file)).toEqual(['main.nas', 'b.nas'])
  })

  it('without an entry is empty', () => {
    const { value, diagnostics } = linked({ 'mian.nas': '' })
    expect(value.modules).toEqual([])
    expect(diagnostics).toMatchObject([
      { slug: 'missing-entry', message: 'there is no file main.nas', help: 'did you mean mian.nas?' },
    ])
  })
})

describe('files that cannot be read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nasc-modules-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  it('are diagnostics with the reason', () => {
    mkdirSync(join(folder, 'a.nas'))
    writeFileSync(join(folder, 'b.nas'), new Uint8Array([0x6c, 0xff, 0xfe]))
    writeFileSync(join(folder, 'main.nas'), 'import "./a.nas"\nimport "./b.nas"\nimport "./c.nas"')
    const { diagnostics } = link(join(folder, 'main.nas'), nodeHost())
    expect(diagnostics.map((diagnostic) => diagnostic.message)).toEqual([
      `the module ${folder}/a.nas cannot be read: it is a folder`,
      `the module ${folder}/b.nas cannot be read: it is not UTF-8 text`,
      'there is no module ./c.nas',
    ])
  })
})
