import type { ProgramBuilder } from '../../../program/builder.js'
import type { ValueId } from '../../../program/program.js'
import type { ChoiceLayout } from './choice-space.js'
import type { Encoding } from './encoding.js'

/**
 * Codes from how much of every option is taken: the entry of an option times, for every decision that its own hangs on, the sum
 * of the options that it hangs on. Of what an architecture takes, ones and zeros, that is its code; of chances, the mean of the
 * codes where decisions are drawn by themselves.
 *
 * @param taken [rows, layout.size]
 * @returns [rows, encoding.size]
 */
export function emitEncoding(
  builder: ProgramBuilder,
  encoding: Encoding,
  layout: ChoiceLayout,
  taken: ValueId,
): ValueId {
  const count = builder.shape(taken)[0] ?? 0
  const { rows, size } = encoding
  const matrix = (fill: (values: Float64Array) => void): ValueId => {
    const values = new Float64Array(layout.size * size)
    fill(values)
    return builder.one('constant', [], { shape: [layout.size, size], values: [...values] })
  }
  const product = (factors: ValueId): ValueId =>
    builder.one('matmul', [taken, factors], { transposeA: false, transposeB: false })

  const own = matrix((values) => {
    for (const { decision, offset } of rows) {
      decision.options.forEach((_, option) => {
        values[(layout.offsetOf(decision.path) + option) * size + offset + option] = 1
      })
    }
  })
  let code = product(own)
  const depth = Math.max(0, ...rows.map(({ gates }) => gates.length))
  for (let place = 0; place < depth; place++) {
    const free = new Float64Array(size)
    const gating = matrix((values) => {
      for (const { decision, offset, gates } of rows) {
        const gate = gates[place]
        decision.options.forEach((_, option) => {
          if (gate === undefined) free[offset + option] = 1
          else for (const each of gate.options) values[entry(gate.decision.path, each, offset + option)] = 1
        })
      }
    })
    code = builder.one('multiply', [code, withOnes(builder, product(gating), free, count)])
  }
  return code

  function entry(path: string, option: number, column: number): number {
    return (layout.offsetOf(path) + option) * size + column
  }
}

/** Plus 1 where nothing gates. */
function withOnes(builder: ProgramBuilder, gates: ValueId, free: Float64Array, rows: number): ValueId {
  if (!free.includes(1)) return gates
  const values = Array.from({ length: rows }, () => [...free]).flat()
  return builder.one('add', [gates, builder.one('constant', [], { shape: [rows, free.length], values })])
}
