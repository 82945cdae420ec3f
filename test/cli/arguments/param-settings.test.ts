import { describe, expect, it } from 'vitest'
import { readSettings } from '../../../src/cli/arguments/param-settings.js'

describe('--set', () => {
  it('reads numbers as they are written in .nas, booleans and words', () => {
    const given = [
      'a=3',
      'b=-0.5',
      'c=6k',
      'd=50%',
      'e=1_000',
      'f=3e-4',
      'g=true',
      'h=false',
      'i=wide',
      'j="6k"',
      'k=.5',
    ]
    expect(readSettings(given)).toEqual({
      a: 3,
      b: -0.5,
      c: 6000,
      d: 0.5,
      e: 1000,
      f: 3e-4,
      g: true,
      h: false,
      i: 'wide',
      j: '6k',
      k: 0.5,
    })
  })

  it('reads sets as they are written in .nas', () => {
    const given = ['a={2, 3}', 'b={2,3}', 'c={}', 'd={ 6k , 50% }', 'e={"a, b", c}', 'f={{1, 2}, {3}}', 'g="{1}"']
    expect(readSettings(given)).toEqual({
      ...{ a: [2, 3], b: [2, 3], c: [], d: [6000, 0.5], e: ['a, b', 'c'], f: [[1, 2], [3]], g: '{1}' },
    })
  })

  it('keeps the last of several, and takes dotted names', () => {
    expect(readSettings(['a=1', 'retrain.epochs=3', 'a=2'])).toEqual({ a: 2, 'retrain.epochs': 3 })
  })
})
