import type { ProgramBuilder } from '../../../program/builder.js'
import type { ValueId } from '../../../program/program.js'

/** Chances of sets: products of the weights of what they hold, over the sum of all of these. */
export function emitSetChances(
  builder: ProgramBuilder,
  weights: ValueId,
  sets: readonly (readonly number[])[],
): ValueId {
  const options = builder.shape(weights)[0] ?? 0
  const row = builder.one('reshape', [weights], { shape: [1, options] })
  const positions = Math.max(...sets.map((set) => set.length))
  const factors = Array.from({ length: positions }, (_, position) => {
    const picked = Array.from({ length: options }, (__, option) => sets.map((set) => Number(set[position] === option)))
    const matrix = builder.one('constant', [], { shape: [options, sets.length], values: picked.flat() })
    const taken = builder.one('matmul', [row, matrix], { transposeA: false, transposeB: false })
    const isSmaller = sets.map((set) => Number(set[position] === undefined))
    if (!isSmaller.includes(1)) return taken
    return builder.one('add', [taken, builder.one('constant', [], { shape: [1, sets.length], values: isSmaller })])
  })
  const products = builder.one('reshape', [factors.reduce((all, factor) => builder.one('multiply', [all, factor]))], {
    shape: [sets.length],
  })
  return emitShares(builder, products)
}

/** As {@link emitSetChances}, of sets that also need not to have what they do not hold: of ones and zeros, the set that is taken. */
export function emitExactSets(builder: ProgramBuilder, taken: ValueId, sets: readonly (readonly number[])[]): ValueId {
  const options = builder.shape(taken)[0] ?? 0
  const row = builder.one('reshape', [taken], { shape: [1, options] })
  const factors = Array.from({ length: options }, (_, option) => {
    const signs = sets.map((set) => (set.includes(option) ? 1 : -1))
    const values = Array.from({ length: options }, (__, each) => signs.map((sign) => (each === option ? sign : 0)))
    const matrix = builder.one('constant', [], { shape: [options, sets.length], values: values.flat() })
    const signed = builder.one('matmul', [row, matrix], { transposeA: false, transposeB: false })
    const rest = signs.map((sign) => Number(sign < 0))
    return builder.one('add', [signed, builder.one('constant', [], { shape: [1, sets.length], values: rest })])
  })
  const product = factors.reduce((all, factor) => builder.one('multiply', [all, factor]))
  return builder.one('reshape', [product], { shape: [sets.length] })
}

/** Each over the sum of all. */
export function emitShares(builder: ProgramBuilder, values: ValueId): ValueId {
  const total = builder.one('sum_all', [values])
  const inverse = builder.one('divide', [builder.one('fill', [], { shape: [], value: 1 }), total])
  return builder.one('scale', [values, inverse])
}
