import { describe, expect, it } from 'vitest'
import { files, read } from '../support/repository.js'

const text = /\.(ts|mts|mjs|cjs|json|md|nas|py|yml|sh)$|^\.ci\/|^\.npmrc$/

describe('files', () => {
  const written = files().filter((path) => text.test(path))

  it('name no path of a machine', () => {
    // Spelt in parts, so that this file does not name one.
    const machine = new RegExp(['/wo' + 'rk/', '/ro' + 'ot/', '/home/[a-z]+/', '/Users/[a-z]', 'C:\\\\Users'].join('|'))
    expect(written.filter((path) => machine.test(read(path)))).toEqual([])
  })

  it('leave nothing for later', () => {
    const later = new RegExp(['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX'].map((word) => `\\b${word}\\b`).join('|'))
    expect(written.filter((path) => path !== 'package-lock.json' && later.test(read(path)))).toEqual([])
  })

  it('stay below 600 lines', () => {
    const long = written.filter(
      (path) => /\.(ts|mjs|py)$/.test(path) && !path.includes('/generated/') && read(path).split('\n').length > 600,
    )
    expect(long).toEqual([])
  })

  it('have names in kebab case', () => {
    const odd = written.filter((path) => /^(src|grammar|bench|scripts|test)\/.*\.(ts|mjs)$/.test(path))
    expect(odd.filter((path) => !/^[a-z0-9-]+(\.[a-z-]+)*$/.test(path.split('/').at(-1) ?? ''))).toEqual([])
  })
})
