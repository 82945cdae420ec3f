import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readersOf } from '../../../src/runtime/program/readers.js'
import { randomProgram } from '../../support/random-programs.js'

it('the readers of a value are the operations that name it among their inputs, each once, in order', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(65_535), { minLength: 1, maxLength: 60 }).map(randomProgram), (program) => {
      const readers = readersOf(program)
      for (const { id } of program.values) {
        expect(readers(id)).toEqual(program.operations.filter(({ inputs }) => inputs.includes(id)))
      }
    }),
    { seed: 13 },
  )
})
