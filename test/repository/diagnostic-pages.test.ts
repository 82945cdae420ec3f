import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readCases } from '../../scripts/docs/cases.js'
import { caseOf, diagnosticPages, rightProgram, slugs } from '../../scripts/docs/diagnostic-pages.js'
import { failureTables } from '../../scripts/docs/failure-pages.js'
import { diagnosticEntries } from '../../src/catalogue/index.js'
import { compile } from '../../src/compiler/index.js'
import { files, read, root } from '../support/repository.js'

const cases = readCases(root)

describe('pages of diagnostics (`npm run docs` writes them)', () => {
  const pages = diagnosticPages(cases)

  it('are as the sources say, one per code and no other', () => {
    const folder = join(root, 'docs/diagnostics')
    expect(readdirSync(folder).sort()).toEqual(pages.map(({ name }) => name).sort())
    for (const { name, text } of pages) expect(read(`docs/diagnostics/${name}`), name).toBe(text)
  })

  it.each(slugs)('%s: the right program is free of it', (slug) => {
    const { host } = caseOf(slug, cases)
    const right = rightProgram(slug, host.read('main.nas'))
    if (right === undefined) {
      expect(slug).toBe('missing-entry')
      return
    }
    const { diagnostics } = compile('main.nas', {
      ...host,
      read: (path) => (path === 'main.nas' ? right : host.read(path)),
    })
    expect(diagnostics.filter(({ code }) => code === diagnosticEntries[slug].code)).toEqual([])
    expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual([])
  })
})

describe('codes of failures', () => {
  const codes = failureTables.flatMap(({ failures }) => Object.keys(failures))
  const used = new Map<string, string[]>()
  for (const path of files().filter((file) => /^src\/.*\.ts$/.test(file) && !file.endsWith('failure-codes.ts'))) {
    for (const [, code = ''] of read(path).matchAll(/'(NAS[678]\d{3})'/g))
      used.set(code, [...(used.get(code) ?? []), path])
  }

  it('stand in one table each, and each in a table', () => {
    expect(new Set(codes).size).toBe(codes.length)
    expect([...used.keys()].sort()).toEqual([...codes].sort())
  })

  it('have slugs of their own', () => {
    for (const { failures } of failureTables) {
      const names = Object.values(failures).map(({ slug }) => slug)
      expect(new Set(names).size).toBe(names.length)
      for (const name of names) expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    }
  })
})
