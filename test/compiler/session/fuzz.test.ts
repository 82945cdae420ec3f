import { describe, expect, it } from 'vitest'
import { root } from '../../support/repository.js'
import { readCorpus } from '../../../scripts/fuzz/corpus.js'
import { examine } from '../../../scripts/fuzz/examine.js'
import { inputOf } from '../../../scripts/fuzz/inputs.js'
import { nodeHost } from '../../../src/compiler/modules/node-host.js'

describe('the fuzzer (`npm run fuzz -- --count 200000` for more)', () => {
  const corpus = readCorpus(root)
  const standard = nodeHost()

  it('finds no throw of compiler or formatter and no diagnostic outside of the text in 200 inputs', () => {
    for (let index = 0; index < 200; index++) {
      const input = inputOf(corpus, 20_261_124, index)
      const what = examine(input, standard)
      if (what !== undefined) throw new Error(`${what}\n\n${input}`)
    }
  })

  it('makes the same input for the same number, and another one for another', () => {
    expect(inputOf(corpus, 1, 7)).toBe(inputOf(corpus, 1, 7))
    expect(inputOf(corpus, 1, 7)).not.toBe(inputOf(corpus, 2, 7))
    expect(inputOf(corpus, 1, 7)).not.toBe(inputOf(corpus, 1, 9))
  })
})
