import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { read, root } from '../support/repository.js'

/** Places that the floor plan names, in the first column of its rows. */
function places(): readonly string[] {
  const rows = read('ARCHITECTURE.md').matchAll(/^\| (`[^|]*`) +\|/gm)
  return [...rows].flatMap(([, cell = '']) => [...cell.matchAll(/`([^`]+?)\/?`/g)].map(([, place = '']) => place))
}

/** Folders of the sources that hold TypeScript files. */
function folders(): readonly string[] {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  return [...new Set(files.filter((file) => file.endsWith('.ts')).map((file) => join('src', dirname(file))))]
}

/** What is tested as a whole, and what tests share: these folders belong to no folder of the sources. */
const ofTheWhole = [
  'brute-force',
  'cases',
  'grammar',
  'repository',
  'spaces',
  'support',
  'runtime/search/components/toys',
]

/** Folders of the tests that hold test files. */
function testFolders(): readonly string[] {
  const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  return [...new Set(files.filter((file) => file.endsWith('.test.ts')).map((file) => dirname(file)))]
}

describe('the folders of the tests', () => {
  it('are those of what they test', () => {
    const own = testFolders().filter((folder) => !ofTheWhole.some((whole) => `${folder}/`.startsWith(`${whole}/`)))
    expect(own.length).toBeGreaterThan(40)
    expect(own.filter((folder) => !existsSync(join(root, 'src', folder)))).toEqual([])
  })
})

describe('the floor plan', () => {
  it('names folders that exist', () => {
    expect(places().length).toBeGreaterThan(20)
    expect(places().filter((place) => !existsSync(join(root, place)))).toEqual([])
  })

  it('has a row for every folder, or for one around it below src', () => {
    const missing = folders().filter((folder) => !places().some((place) => `${folder}/`.startsWith(`${place}/`)))
    const entrances = ['src/analysis', 'src/compiler', 'src/runtime', 'src/space']
    // Of these only the file stands outside of the floors through which others enter.
    expect(missing.filter((folder) => !entrances.includes(folder))).toEqual([])
  })
})
