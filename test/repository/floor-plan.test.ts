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
