import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkProgram, readCases } from '../../scripts/docs/cases.js'
import { caseOf, diagnosticPages, failureSlugs, rightProgram, slugs } from '../../scripts/docs/diagnostic-pages.js'
import { Failure } from '../../src/catalogue/failure.js'
import { diagnosticEntries, failureEntries } from '../../src/catalogue/index.js'
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
    const { diagnostics } = checkProgram('main.nas', {
      ...host,
      read: (path) => (path === 'main.nas' ? right : host.read(path)),
    })
    expect(diagnostics.filter(({ code }) => code === diagnosticEntries[slug].code)).toEqual([])
    expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual([])
  })
})

describe('the catalogue of failures', () => {
  const sources = files().filter((file) => /^src\/.*\.ts$/.test(file))

  it('holds every entry of its sections: no slug and no code stands in two', () => {
    const sections = sources.filter((file) => file.startsWith('src/catalogue/'))
    const written = sections.flatMap((file) => [...read(file).matchAll(/^ {4}code: '(NAS\d{4})',$/gm)])
    const codes = written.map(([, code]) => code).sort()
    const entries = [...Object.values(diagnosticEntries), ...Object.values(failureEntries)]
    expect(entries.map(({ code }) => code).sort()).toEqual(codes)
    expect(new Set(codes).size).toBe(codes.length)
    const all = [...Object.keys(diagnosticEntries), ...Object.keys(failureEntries)]
    expect(new Set(all).size).toBe(all.length)
  })

  it('has nothing that is never thrown', () => {
    const users = sources.filter((file) => !file.startsWith('src/catalogue/')).map(read)
    const thrown = new Set(
      users.flatMap((text) => [
        ...[...text.matchAll(/Failure\((?:\s*[\w.()]+,)?\s*'([a-z-]+)'/g)].map((match) => match[1]),
        // A failure with a class of its own.
        ...[...text.matchAll(/extends \w*Failure \{[^}]*super\('([a-z-]+)'/gs)].map((match) => match[1]),
      ]),
    )
    expect([...thrown].sort()).toEqual([...failureSlugs].sort())
  })

  it('says sentences, and puts what is filled in into words', () => {
    for (const [slug, { code, message, help, why, fix }] of Object.entries(failureEntries)) {
      expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
      expect(code, slug).toMatch(/^NAS[678]\d{3}$/)
      expect(message, slug).toMatch(/\.$|^\{\w+\}$/)
      expect(help, slug).toMatch(/[.?]$|\}$/)
      expect(why, slug).toMatch(/^[A-Z`].*\.$/)
      if (fix !== undefined) expect(fix, slug).toMatch(/^[A-Z`].*\.$/)
      // The page of a code knows no values.
      expect(fix ?? help, slug).not.toMatch(/\{\w+\}/)
    }
  })

  it('fills messages and helps, which the compiler checks', () => {
    const failure = new Failure('no-such-file', { path: 'a.nas' })
    expect(failure).toMatchObject({ slug: 'no-such-file', code: 'NAS6005', message: 'a.nas does not exist.' })
    expect(new Failure('no-such-file', { path: 'a.nas' }, { help: 'Look.' }).help).toBe('Look.')
    // @ts-expect-error: the placeholder `path` must be given
    expect(new Failure('no-such-file', {}).message).toBe(' does not exist.')
    // A brace that a space follows is a brace.
    expect(new Failure('not-relaxed', { decision: 'a', kind: 'b' }).help).toBe(
      'Add `relax b by …`, or `relax all by …`.',
    )
  })
})
