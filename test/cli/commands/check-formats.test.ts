import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { nasc } from '../../support/captured.js'
import { root } from '../../support/repository.js'

/** Compiled: a command that watches ends by a signal only. */
const main = join(root, 'dist/src/cli/main.js')

const sound =
  'import { conv, global_pool, linear } from std:nn\nspace tiny {\n  input image(8, 8, 3)\n  classes 10\n  network { stem conv(4, 3); head global_pool -> linear(classes) }\n}\n'
const faulty = sound.replace('conv(4, 3)', 'conv(widht, 3)').replace('space', 'param width = 4\nspace')

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'nasc-test-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

interface Region {
  readonly startLine: number
  readonly startColumn: number
  readonly endLine: number
  readonly endColumn: number
}

function cut(text: string, region: Region): string {
  expect(region.endLine).toBe(region.startLine)
  return (text.split('\n')[region.startLine - 1] ?? '').slice(region.startColumn - 1, region.endColumn - 1)
}

/** A check that watches a file in which it finds nothing so far. */
async function watching(file: string) {
  const child = spawn(process.execPath, [main, 'check', file, '--watch'])
  const gone = once(child, 'exit')
  let out = ''
  const said = async (text: string): Promise<void> => {
    while (!out.includes(text)) out += String(await once(child.stdout, 'data'))
  }
  await said('ok ')
  // The watcher starts after the first check has been printed.
  await setTimeout(100)
  const end = (): Promise<unknown> => {
    child.kill('SIGINT')
    return gone
  }
  return { said, end }
}

describe('nasc check --format sarif', () => {
  it('is SARIF 2.1.0: a tool with its rules, results with regions, and fixes', async () => {
    const folder = folderOf({ 'a b.nas': faulty })
    const { code, out } = await nasc('check', join(folder, 'a b.nas'), '--format', 'sarif')
    expect(code).toBe(1)
    const log = JSON.parse(out)
    expect(log.version).toBe('2.1.0')
    expect(log.$schema).toMatch(/sarif-2\.1\.0\.json$/)
    const [run] = log.runs
    expect(run.tool.driver.name).toBe('nasc')
    expect(run.tool.driver.version).toMatch(/^\d+\.\d+\.\d+/)
    const errors = run.results.filter((each: { level: string }) => each.level === 'error')
    expect(errors).toHaveLength(1)
    const [error] = errors
    expect(run.tool.driver.rules[error.ruleIndex].id).toBe(error.ruleId)
    for (const rule of run.tool.driver.rules) {
      expect(rule.id).toMatch(/^NAS\d{4}$/)
      expect(rule.name).toMatch(/^[A-Z]\w+$/)
      expect(['error', 'warning', 'note']).toContain(rule.defaultConfiguration.level)
      expect(rule.shortDescription.text).not.toMatch(/[{}]/)
    }
    const [{ physicalLocation }] = error.locations
    expect(cut(faulty, physicalLocation.region)).toBe('widht')
    expect(decodeURI(physicalLocation.artifactLocation.uri)).toContain('a b.nas')
    expect(new URL(physicalLocation.artifactLocation.uri, 'file:///').protocol).toBe('file:')
    const replacements = error.fixes[0].artifactChanges[0].replacements
    expect(cut(faulty, replacements[0].deletedRegion)).toBe('widht')
    expect(replacements[0].insertedContent.text).toBe('width')
  })

  it('has no results for sound files', async () => {
    const { code, out } = await nasc('check', 'spaces/darts.nas', '--format', 'sarif')
    expect(code).toBe(0)
    expect(JSON.parse(out).runs[0].results).toEqual([])
  })
})

describe('nasc check --format github', () => {
  it('writes one annotation a line, escaped', async () => {
    const folder = folderOf({ 'a,b.nas': faulty })
    const { code, out } = await nasc('check', join(folder, 'a,b.nas'), '--format', 'github')
    expect(code).toBe(1)
    const lines = out.trimEnd().split('\n')
    const [error] = lines.filter((line) => line.startsWith('::error '))
    expect(error).toMatch(
      /^::error file=[^,:]*a%2Cb\.nas,line=6,endLine=6,col=\d+,endColumn=\d+,title=NAS\d{4}::.*widht/,
    )
    const column = Number(/,col=(\d+)/.exec(error ?? '')?.[1])
    expect(Number(/endColumn=(\d+)/.exec(error ?? '')?.[1])).toBe(column + 'widht'.length - 1)
    for (const line of lines) expect(line).toMatch(/^::(error|warning|notice) /)
  })

  it('says nothing of sound files', async () => {
    expect(await nasc('check', 'spaces/darts.nas', '--format', 'github')).toMatchObject({ code: 0, out: '' })
  })
})

describe('nasc check', () => {
  it('names a fault of a module once, though several files import it', async () => {
    const folder = folderOf({
      'part.nas': 'let k = nothing_of_the_kind\n',
      'a.nas': `import { k } from "./part.nas"\n${sound.replace('conv(4, 3)', 'conv(4, k)')}`,
      'b.nas': `import { k } from "./part.nas"\n${sound.replace('conv(4, 3)', 'conv(8, k)')}`,
    })
    const { code, out } = await nasc('check', join(folder, 'a.nas'), join(folder, 'b.nas'), '--json')
    expect(code).toBe(1)
    const errors = JSON.parse(out).diagnostics.filter((each: { severity: string }) => each.severity === 'error')
    expect(errors).toHaveLength(1)
  })

  it('refuses two formats', async () => {
    expect((await nasc('check', 'spaces/darts.nas', '--json', '--format', 'sarif')).code).toBe(2)
  })

  it('checks again with --watch after a change of an imported file, until it is interrupted', async () => {
    const folder = folderOf({
      'part.nas': 'let k = 3\n',
      'main.nas': `import { k } from "./part.nas"\n${sound.replace('conv(4, 3)', 'conv(4, k)')}`,
    })
    const { said, end } = await watching(join(folder, 'main.nas'))
    writeFileSync(join(folder, 'part.nas'), 'let k = threee\n')
    await said('threee')
    expect(await end()).toEqual([null, 'SIGINT'])
  })

  it('checks again with --watch after a change of a table that a search names', async () => {
    const folder = folderOf({ 'results.csv': 'architecture,accuracy\n0,0.5\n', 'main.nas': '' })
    const file = join(folder, 'results.csv')
    writeFileSync(
      join(folder, 'main.nas'),
      `import { conv, global_pool, identity, linear } from std:nn
import std:search
space s {
  input image(8, 3); classes 4
  network { stem conv(4, 3) -> one of { identity, conv(channels) }; head global_pool -> linear(classes) }
}
search t of s { score table("${file}"); derive best(of: 2) }
`,
    )
    const { said, end } = await watching(join(folder, 'main.nas'))
    writeFileSync(file, 'architecture,accuracy\n7,0.5\n')
    await said('7 is no architecture of s')
    expect(await end()).toEqual([null, 'SIGINT'])
  })
})
