import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { nasc } from '../../support/captured.js'
import { temporaryFolder } from '../../support/folders.js'

function written(name: string, text: string, folder = temporaryFolder()): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const space = `import { conv, global_pool, linear } from std:nn
space s {
  input   image(8, 8, 3)
  classes 10
  network { stem conv(one of {8, 16}, 3); head global_pool -> linear(classes) }
}
`

describe('a cost that is not as expected', () => {
  const text = `${space}architecture A of s { stem.width 8, expect parameters = 400 }
architecture B of s { stem.width 16, expect parameters = 602 }
`

  it('keeps no command but check from its work, which says it', async () => {
    const file = written('expects.nas', text)
    expect(await nasc('check', file)).toMatchObject({ code: 1 })
    const cost = await nasc('cost', file, '--arch', 'A', '--json')
    expect(cost.code).toBe(0)
    expect(JSON.parse(cost.out)).toMatchObject({ parameters: 306 })
    expect(cost.err).toContain('expected parameters = 400, found 306')
    expect(cost.err).toContain('What an architecture is expected to cost keeps nothing else from its work: going on.')
    expect(JSON.parse((await nasc('cost', file, '--arch', 'B', '--json')).out)).toMatchObject({ parameters: 602 })
    expect((await nasc('count', file)).out).toContain('s: 2 architectures')
    expect((await nasc('sample', file)).out).toContain('architecture sample_1 of s')
    expect((await nasc('graph', file, '--arch', 'A', '--format', 'mermaid')).code).toBe(0)
  })
})

describe('an architecture with errors', () => {
  const file = (): string =>
    written('bad.nas', `${space}architecture bad of s { stem.width 9 }\narchitecture good of s { stem.width 8 }\n`)

  it('keeps neither its space nor another one from anything', async () => {
    const path = file()
    const count = await nasc('count', path)
    expect(count).toMatchObject({ code: 0 })
    expect(count.out).toContain('s: 2 architectures')
    expect(count.err).toContain('An error of an architecture keeps nothing else from its work: going on without bad.')
    expect((await nasc('cost', path, '--arch', 'good')).code).toBe(0)
  })

  it('is costed by nobody: its errors are said, and nothing else', async () => {
    const { code, out, err } = await nasc('cost', file(), '--arch', 'bad')
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain('9 is not among the options of stem.width')
    expect(err).not.toContain('has no architecture')
  })
})

describe('params of an architecture', () => {
  const text = `import { global_pool, conv, linear } from std:nn
param w = 4
space s {
  input image(8, 8, 1)
  classes 2
  network { stem conv(w, 3); head global_pool -> linear(classes) }
}
architecture A of s { with w = 8 expect parameters = 90 expect macs = 4624 }
`

  it('hold for its cost and all that it expects; --set comes before them', async () => {
    const file = written('with.nas', text)
    expect((await nasc('check', file)).out).toContain('2 expectations hold')
    const parameters = async (...options: readonly string[]): Promise<unknown> =>
      JSON.parse((await nasc('cost', file, '--arch', 'A', '--json', ...options)).out).parameters
    expect(await parameters()).toBe(90)
    expect(await parameters('--set', 'w=4')).toBe(46)
  })

  it('are printed by sample, so that the file costs what was drawn', async () => {
    const file = written('with.nas', text)
    const folder = temporaryFolder()
    await nasc('sample', file, '--set', 'w=6', '--out', folder)
    const drawn = join(folder, 'sample_1.nas')
    expect(readFileSync(drawn, 'utf8')).toContain('with w = 6')
    const { out } = await nasc('cost', file, '--arch', drawn, '--json')
    expect(JSON.parse(out)).toMatchObject({ parameters: 9 * 6 + 2 * 6 + 2 })
  })
})

describe('an architecture in a file of its own', () => {
  it('has its errors in that file, at their lines', async () => {
    const folder = temporaryFolder()
    const program = written('space.nas', space, folder)
    const file = written('own.nas', 'architecture own of s {\n  stem.width 12\n  stem.wdth 8\n}\n', folder)
    const { code, err } = await nasc('cost', program, '--arch', file)
    expect(code).toBe(1)
    expect(err).toContain(`${file}:2:14`)
    expect(err).toContain('12 is not among the options of stem.width')
    expect(err).toContain('did you mean 8 or 16?')
    expect(err).toContain(`${file}:3:8`)
    expect(err).not.toContain(program)
  })

  it('has syntax errors there too, whatever stands before its text', async () => {
    const folder = temporaryFolder()
    const program = written('space.nas', space, folder)
    const file = written('own.nas', '\uFEFFarchitecture own of s {\n  stem.width 8\n', folder)
    const { code, out } = await nasc('cost', program, '--arch', file, '--json')
    expect(code).toBe(1)
    const [error] = JSON.parse(out).diagnostics
    expect(error).toMatchObject({ code: 'NAS1104', file, range: { start: { line: 2 } } })
    expect(error.labels[0]).toMatchObject({ file, range: { start: { line: 1 } } })
  })
})

describe('the file of an architecture that imports something, but not its space', () => {
  const program = `import { conv, global_pool, linear } from std:nn
op blk(k: int) = conv(channels, k)
space q {
  input   image(8, 3)
  classes 10
  network { stem conv(4); stage s { width 4; layer one of { blk(3), conv } } head global_pool -> linear(classes) }
}
`
  const files = (name: string, architecture: string): readonly [file: string, arch: string] => {
    const folder = temporaryFolder()
    return [written('space.nas', program, folder), written(name, architecture, folder)]
  }
  const text = 'architecture A of q { s.layer [blk(3)] }\n'

  it.each([
    ['nothing', ''],
    ['an operation', 'import { blk } from "./space.nas"\n'],
    ['its space', 'import { blk, q } from "./space.nas"\n'],
    ['all there is', 'import "./space.nas"\n'],
  ])('is an architecture of the program: %s', async (_, imports) => {
    const [file, arch] = files('arch.nas', imports + text)
    const { code, out, err } = await nasc('cost', file, '--arch', arch, '--json')
    expect([code, err]).toEqual([0, ''])
    expect(JSON.parse(out)).toMatchObject({ parameters: 4 * 3 + 9 * 4 * 4 + 4 * 10 + 10 })
  })

  it('has its errors where they stand', async () => {
    const [file, arch] = files(
      'wrong.nas',
      'import { blk } from "./space.nas"\narchitecture A of q { s.layer [bkl(3)] }\n',
    )
    const { code, err } = await nasc('cost', file, '--arch', arch)
    expect(code).toBe(1)
    expect(err).toContain(`${arch}:2:`)
  })
})
