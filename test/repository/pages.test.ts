import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commandReference } from '../../scripts/docs/command-pages.js'
import { stdReference } from '../../scripts/docs/std-reference.js'
import { commandTable } from '../../src/cli/command-table.js'
import { parseArguments } from '../../src/cli/arguments/parse-arguments.js'
import { nodeHost } from '../../src/compiler/modules/node-host.js'
import { standardPrefix } from '../../src/compiler/modules/host.js'
import { parse } from '../../src/compiler/syntax/parse.js'
import { codeBlocks, pages, read, root } from '../support/repository.js'

/** Every `nasc …` that a page tells its reader to type, in a block or in backticks. */
function commandLines(): { readonly page: string; readonly line: string }[] {
  return pages().flatMap((page) =>
    [...read(page).matchAll(/(?:^|[`\s])(?:npx )?nasc ((?:[a-z]+)(?: [^`\n#|]*)?)/gm)]
      .map((match) => ({ page, line: (match[1] ?? '').split(/ {2}|&&/)[0]!.trim() }))
      .filter(({ line }) => / |^doctor$/.test(line) && /(\.nas|\.json|runs\/|--)/.test(line)),
  )
}

/** What a pattern finds on all pages, each with its page: something, or the pattern is wrong. */
function namedOnPages(pattern: RegExp): readonly (readonly [page: string, name: string])[] {
  const found = pages().flatMap((page) =>
    [...read(page).matchAll(pattern)].map(([, name = '']): readonly [string, string] => [page, name]),
  )
  expect(found.length).toBeGreaterThan(5)
  return found
}

describe('pages', () => {
  it('name commands and options that exist', async () => {
    const lines = commandLines()
    expect(lines.length).toBeGreaterThan(5)
    for (const { page, line } of lines) {
      const [name = '', ...args] = (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ''))
      const row = commandTable.find((each) => each.name === name)
      expect(row, `${page}: nasc ${line}`).toBeDefined()
      const { command } = await row!.load()
      expect(() => parseArguments(name, command, args), `${page}: nasc ${line}`).not.toThrow()
    }
  })

  it('name npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json'))
    for (const [page, name] of namedOnPages(/npm run ([a-z]+(?:-[a-z]+)*)/g))
      expect(Object.keys(scripts), page).toContain(name)
  })

  it('link to files that exist', () => {
    for (const [page, target] of namedOnPages(/\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)/g)) {
      expect(existsSync(join(root, dirname(page), target)), `${page} -> ${target}`).toBe(true)
    }
  })

  it('name folders and files that exist', () => {
    for (const [page, path] of namedOnPages(/`((?:src|test|bench|scripts|docs|grammar|spaces)\/[\w./-]*)`/g)) {
      expect(existsSync(join(root, path)), `${page}: ${path}`).toBe(true)
    }
  })

  it.each(codeBlocks().filter((block) => block.language === 'nas'))(
    'show .nas that parses: $page',
    ({ page, text }) => {
      expect(parse({ path: page, text }).diagnostics.map((diagnostic) => diagnostic.message)).toEqual([])
    },
  )

  it('show the commands as they are: run `npm run docs`', async () => {
    expect(read('docs/commands.md')).toBe(await commandReference())
  })

  it('show the standard library as it is: run `npm run docs`', () => {
    const host = nodeHost()
    const modules = host.list(standardPrefix).map((path) => ({ path, text: host.read(path) ?? '' }))
    expect(read('docs/std.md')).toBe(stdReference(modules))
  })
})
