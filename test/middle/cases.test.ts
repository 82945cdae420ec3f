import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { domainsCatalogue } from '../../src/compiler/diagnostics/catalogue/domains.js'
import { lintCatalogue } from '../../src/compiler/diagnostics/catalogue/lint.js'
import { namesCatalogue } from '../../src/compiler/diagnostics/catalogue/names.js'
import { typesCatalogue } from '../../src/compiler/diagnostics/catalogue/types.js'
import { renderPretty } from '../../src/compiler/diagnostics/render/pretty.js'
import { sourcesFrom } from '../../src/compiler/diagnostics/render/sources.js'
import { compile } from '../../src/compiler/index.js'
import { memoryHost } from '../../src/compiler/modules/memory-host.js'
import { nodeHost } from '../../src/compiler/modules/node-host.js'
import { openIr, printIr } from '../../src/ir/seal/index.js'

/**
 * `test/cases/AREA/NAME/main.nas` with the modules beside it, what the compiler says of it (`diagnostics.txt`, absent
 * where it says nothing) and, in the area `lower`, its IR (`ir.json`). `npx vitest run test/middle -u` writes them anew.
 */
const root = new URL('../cases/', import.meta.url).pathname
const standard = nodeHost()

const folders = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()

const cases = folders(root).flatMap((area) => folders(join(root, area)).map((name) => ({ area, name })))
const codes = new Map<string, string>()

describe.each(cases)('$area/$name', ({ area, name }) => {
  const folder = join(root, area, name)
  const files = Object.fromEntries(
    readdirSync(folder)
      .filter((file) => file.endsWith('.nas'))
      .map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
  )
  const host = memoryHost(files, standard)
  const { value, diagnostics } = compile('main.nas', host)
  for (const { code } of diagnostics) codes.set(code, `${area}/${name}`)

  it('says what it should', async () => {
    const sourceOf = sourcesFrom((path) => host.read(path))
    for (const { file, span } of diagnostics.flatMap((each) => [each, ...each.labels])) {
      const text = sourceOf(file)?.text ?? ''
      expect(span.start).toBeGreaterThanOrEqual(0)
      expect(span.start).toBeLessThanOrEqual(span.end)
      expect(span.end).toBeLessThanOrEqual(text.length)
    }
    const text = diagnostics.length === 0 ? 'nothing\n' : renderPretty(diagnostics, sourceOf, { colour: false })
    await expect(text).toMatchFileSnapshot(join(folder, 'diagnostics.txt'))
  })

  it('gives an IR where there is no error', async () => {
    const errors = diagnostics.filter(({ severity }) => severity === 'error')
    expect(value === undefined).toBe(errors.length > 0)
    if (value === undefined) return
    expect(openIr(printIr(value), 'main.ir.json')).toEqual(value)
    if (area !== 'lower') return
    await expect(`${JSON.stringify(JSON.parse(printIr(value)), null, 1)}\n`).toMatchFileSnapshot(
      join(folder, 'ir.json'),
    )
  })
})

describe('the catalogue', () => {
  /** What the modules report is tested with them. */
  const others = ['NAS2001', 'NAS2002', 'NAS2003', 'NAS2004']
  const entries = Object.entries({ ...namesCatalogue, ...typesCatalogue, ...domainsCatalogue, ...lintCatalogue })

  it.each(entries.filter(([, { code }]) => !others.includes(code)))('has a case of %s', (_slug, { code }) => {
    expect(codes.get(code), code).toBeDefined()
  })

  it('has every code once', () => {
    const all = entries.map(([, { code }]) => code)
    expect(new Set(all).size).toBe(all.length)
  })
})
