import { mean as meanOf } from '../../../support/statistics.js'

/** A point that a linear function is fitted to. */
export interface Point {
  readonly features: ArrayLike<number>
  readonly value: number
}

/** value = mean + sum of factors * (features - centre). */
export interface LinearFunction {
  readonly mean: number
  readonly centre: Float64Array
  readonly factors: Float64Array
}

export function linearValue({ mean, centre, factors }: LinearFunction, features: ArrayLike<number>): number {
  return factors.reduce((sum, factor, i) => sum + factor * ((features[i] ?? 0) - (centre[i] ?? 0)), mean)
}

/** Options that are never there together leave the least squares open without it. */
export const smallPenalty = 1e-3

/**
 * The linear function with the least sum of squared errors plus `penalty` times the squares of its factors (ridge regression, Hoerl
 * and Kennard 1970). Features and values are centred, so that the constant is not penalised.
 */
export function leastSquares(points: readonly Point[], penalty: number): LinearFunction {
  return solve(momentsOf(points), penalty)
}

/**
 * {@link leastSquares} with the penalty under which points that a function was not fitted to are told best, the mean of squares over
 * so many parts, each left out in turn (cross-validation). The points are dealt to the parts in their order.
 */
export function bestLeastSquares(points: readonly Point[], parts: number): LinearFunction {
  const dealt = Array.from({ length: parts }, (_, part) => points.filter((__, index) => index % parts === part))
  const folds = dealt.map((heldOut, part) => ({
    heldOut,
    moments: momentsOf(points.filter((_, index) => index % parts !== part)),
  }))
  const errorOf = (penalty: number): number =>
    folds.reduce((sum, { heldOut, moments }) => {
      const found = solve(moments, penalty)
      return heldOut.reduce((all, { features, value }) => all + (linearValue(found, features) - value) ** 2, sum)
    }, 0)
  const errors = penalties.map(errorOf)
  return leastSquares(points, penalties[errors.indexOf(Math.min(...errors))] ?? smallPenalty)
}

/** From hardly any to nothing but the mean. */
const penalties = [smallPenalty, 0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000, 1e6]

/** All that least squares have to know of points. */
interface Moments {
  readonly mean: number
  readonly centre: Float64Array
  /** Products of centred features, summed over the points, [size, size]. */
  readonly squares: Float64Array
  /** Products of centred features and centred values, [size]. */
  readonly products: Float64Array
}

function momentsOf(points: readonly Point[]): Moments {
  const size = points[0]?.features.length ?? 0
  const mean = meanOf(points.map(({ value }) => value))
  const centre = new Float64Array(size)
  for (const { features } of points) {
    for (let i = 0; i < size; i++) centre[i] = (centre[i] ?? 0) + (features[i] ?? 0) / points.length
  }
  const [squares, products] = [new Float64Array(size * size), new Float64Array(size)]
  for (const { features, value } of points) {
    const row = centre.map((each, i) => (features[i] ?? 0) - each)
    for (let i = 0; i < size; i++) {
      const own = row[i] ?? 0
      products[i] = (products[i] ?? 0) + own * (value - mean)
      for (let j = 0; j < size; j++) squares[i * size + j] = (squares[i * size + j] ?? 0) + own * (row[j] ?? 0)
    }
  }
  return { mean, centre, squares, products }
}

/** By conjugate gradients on the normal equations (Hestenes and Stiefel 1952). */
function solve({ mean, centre, squares, products }: Moments, penalty: number): LinearFunction {
  const size = products.length
  const factors = new Float64Array(size)
  const residual = Float64Array.from(products)
  let direction = Float64Array.from(residual)
  let square = dot(residual, residual)
  const goal = square * 1e-20
  for (let step = 0; step < 2 * size && square > goal && square > 0; step++) {
    const forward = direction.map((own, i) => {
      let sum = penalty * own
      for (let j = 0; j < size; j++) sum += (squares[i * size + j] ?? 0) * (direction[j] ?? 0)
      return sum
    })
    const length = square / dot(direction, forward)
    for (let i = 0; i < size; i++) {
      factors[i] = (factors[i] ?? 0) + length * (direction[i] ?? 0)
      residual[i] = (residual[i] ?? 0) - length * (forward[i] ?? 0)
    }
    const before = square
    square = dot(residual, residual)
    direction = direction.map((each, i) => (residual[i] ?? 0) + (square / before) * each)
  }
  return { mean, centre, factors }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0)
  return sum
}
