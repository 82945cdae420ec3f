import { describe, expect, it } from 'vitest'
import type { Fix } from '../../../src/compiler/diagnostics/diagnostic.js'
import { compile } from '../../../src/compiler/index.js'
import { standardPrefix } from '../../../src/compiler/modules/host.js'
import { memoryHost } from '../../../src/compiler/modules/memory-host.js'
import { nodeHost } from '../../../src/compiler/modules/node-host.js'
import { parse } from '../../../src/compiler/syntax/parse.js'

const standard = nodeHost()

function findingsOf(files: Record<string, string>, entry = 'main.nas') {
  return compile(entry, memoryHost(files, standard)).diagnostics
}

function applied(text: string, { edits }: Fix): string {
  return [...edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((rest, { span, text: added }) => rest.slice(0, span.start) + added + rest.slice(span.end), text)
}

/** Operations and components of the library, with a place where each may stand. */
const names = standard.list(standardPrefix).flatMap((path) =>
  parse({ path, text: standard.read(path) ?? '' }).value.declarations.flatMap((declaration) => {
    const isComponent = declaration.kind === 'extern' && declaration.category.text !== 'op'
    return declaration.kind === 'op' || declaration.kind === 'extern'
      ? [{ path, name: declaration.name.text, isComponent }]
      : []
  }),
)

describe('a name of the library that is not imported', () => {
  it.each(names)('$name of $path is known once the import is inserted', ({ path, name, isComponent }) => {
    const text = `//! About the file.\n${
      isComponent ? `space s { }\nsearch t of s { sample ${name}(1) }` : `op own = ${name}(1)`
    }\n`
    const unknown = findingsOf({ 'main.nas': text }).find(({ code }) => /^NAS210[146]$/.test(code))
    expect(unknown?.help).toContain(`import { ${name} } from ${path}`)
    const fix = unknown?.fixes.find(({ title }) => title === `import ${name} from ${path}`)
    const mended = applied(text, fix!)
    expect(mended).toMatch(/^\/\/! About the file\.\nimport /)
    expect(findingsOf({ 'main.nas': mended }).filter(({ code }) => /^NAS[12]/.test(code))).toEqual([])
  })

  it('joins an import of its module', () => {
    const text = 'import { relu } from std:nn\nop own = relu -> conv(8)\n'
    const [unknown] = findingsOf({ 'main.nas': text })
    const mended = applied(text, unknown!.fixes[0]!)
    expect(mended).toBe('import { relu, conv } from std:nn\nop own = relu -> conv(8)\n')
    expect(findingsOf({ 'main.nas': mended })).toEqual([])
  })

  it('is looked for before what is merely spelt like it', () => {
    const [unknown] = findingsOf({ 'main.nas': 'import { relu } from std:nn\nop skipp = relu\nop own = skip\n' })
    expect(unknown?.help).toBe('import it: `import { skip } from std:cells`')
    expect(unknown?.fixes.map(({ title }) => title)).toContain('change to skipp')
  })
})

describe('a name of another module of the program', () => {
  it.each([
    ['main.nas', 'blocks/own.nas', '"./blocks/own.nas"'],
    ['spaces/main.nas', 'blocks/own.nas', '"../blocks/own.nas"'],
    ['spaces/main.nas', 'spaces/own.nas', '"./own.nas"'],
    ['/papers/spaces/main.nas', '/papers/own.nas', '"../own.nas"'],
  ])('in %s is imported from %s as %s', (entry, other, reference) => {
    const text = `import { there } from ${reference}\nop here = there -> mine\n`
    const program = { [entry]: text, [other]: 'import { relu } from std:nn\nop there = relu\nop mine = relu\n' }
    const [unknown] = findingsOf(program, entry)
    expect(unknown?.help).toBe(`import it: \`import { mine } from ${reference}\``)
    const mended = applied(text, unknown!.fixes[0]!)
    expect(findingsOf({ ...program, [entry]: mended }, entry)).toEqual([])
  })

  it('that imports the present one is not suggested: that would be a circle', () => {
    const program = {
      'main.nas': 'import { only } from "./lower.nas"\nop wholly_mine = only\n',
      'lower.nas': 'import { relu } from std:nn\nop only = relu -> wholly_mine\n',
    }
    expect(findingsOf(program).map(({ slug, help }) => `${slug} ${help ?? ''}`)).toEqual(['unknown-operation '])
  })
})
