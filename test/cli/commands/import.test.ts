import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { nasc } from '../../support/captured.js'
import { publishedGenotypes } from '../../support/published-genotypes.js'

const folder = mkdtempSync(join(tmpdir(), 'nasc-genotypes-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const darts = 'spaces/darts.nas'
const file = join(folder, 'genotypes.py')
writeFileSync(file, [...publishedGenotypes].map(([name, text]) => `${name} = ${text}\n`).join(''))

describe('nasc import genotype', () => {
  it('gives every genotype of a file, with what it costs, and export gives one back', async () => {
    const params = ['--set', 'cells=20', '--set', 'width=36']
    const { code, out, err } = await nasc('import', 'genotype', file, darts, ...params, '--json')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const { architectures } = JSON.parse(out)
    expect(architectures.map(({ name }: { name: string }) => name)).toEqual([...publishedGenotypes.keys()])
    expect(architectures[1]).toMatchObject({ name: 'DARTS_V2', parameters: 3_349_342, macs: 528_359_040 })
    const own = join(folder, 'own')
    await nasc('import', 'genotype', file, darts, '--name', 'PDARTS', ...params, '--out', own)
    const path = join(own, 'PDARTS.nas')
    expect(readFileSync(path, 'utf8')).toContain('architecture PDARTS of darts {\n  with')
    const exported = await nasc('export', darts, '--arch', path, '--to', 'genotype', '--json')
    expect(exported).toMatchObject({ code: 0, err: '' })
    const { text } = JSON.parse(exported.out)
    const again = join(folder, 'again.py')
    writeFileSync(again, text)
    const read = await nasc('import', 'genotype', again, darts, ...params)
    expect(read.out).toBe(readFileSync(path, 'utf8'))
  })

  it('says what is missing, and where', async () => {
    const none = await nasc('import', 'genotype', file, darts, '--name', 'PDART')
    expect(none.code).toBe(2)
    expect(none.err).toContain('NAS8127')
    expect(none.err).toContain('Did you mean `PDARTS`?')
    expect((await nasc('import', 'weights', file, darts)).err).toContain('NAS8128')
    const strange = join(folder, 'strange.txt')
    writeFileSync(strange, '|fancy~0|+|none~0|none~1|+|none~0|none~1|none~2|')
    const bench = 'spaces/nas-bench-201.nas'
    expect((await nasc('import', 'genotype', strange, bench)).err).toContain(`${strange}:1:2: the operation \`fancy\``)
    const named = await nasc('import', 'genotype', strange, bench, '--op', 'fancy=relu_conv(3)')
    expect(named).toMatchObject({ code: 0, err: '' })
    expect((await nasc('import', 'genotype', strange, bench, '--op', 'fancy')).err).toContain('NAME=OPTION')
    expect((await nasc('export', darts, '--arch', 'DARTS_V2')).err).toContain('--to genotype')
    expect((await nasc('export', 'spaces/spos.nas', '--to', 'genotype')).err).toContain('--arch')
  })
})
