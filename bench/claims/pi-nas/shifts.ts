import { createRandom, type Random } from '../../../src/runtime/random/random.js'
import { mean } from '../../statistics.js'
import type { Claim, ClaimOptions, MeasuredRow } from '../claim.js'
import { openKeptPaths, type FloatMatrix, type KeptPaths, type Path } from './kept-paths.js'
import { armNames, arms, supernetOf, type Arm } from './program.js'

const pairs = 12
const setting =
  'The supernets of the claim `ranking`, 64 training images that are not augmented where features are compared, ' +
  `${String(pairs)} pairs of random paths, the same for all supernets of a seed.`

/** Peng et al., Pi-NAS, ICCV 2021: a layer gets another input from every path before it, and less so in their supernet. */
export const featureShift: Claim = {
  paper: 'pi-nas',
  name: 'feature-shift',
  says: 'What a block gives differs less from path to path in the supernet of Pi-NAS than in that of SPOS, on each seed',
  setting:
    `${setting} Behind every block: 1 - cosine between the pooled maps of an image through two paths, with the statistics of the batch; ` +
    'the mean over images, pairs and blocks.',
  async measure(options) {
    const shifts = await measuredBy(options, 'feature shift', featureShiftOf)
    return {
      rows: rowsOf(shifts),
      holds: onEachSeed(shifts, (pi, spos) => pi < spos),
      note: 'Maps are pooled and then normalised by the batch norm in front of the classifier, whose scale and shift are trained behind the last block alone.',
    }
  },
}

/** The same paper: paths pull the weights that they share in different directions, and less so under its teacher. */
export const parameterShift: Claim = {
  paper: 'pi-nas',
  name: 'parameter-shift',
  says:
    'Two paths that share one block contradict each other less about its weights in the supernet of Pi-NAS than in that of SPOS, on ' +
    'each seed',
  setting: `${setting} The cosine between the gradients of the weights of the block that two paths share, which differ in all other blocks, on one batch: what each search minimises itself, at the end of its training.`,
  async measure(options) {
    const shifts = await measuredBy(options, 'cosine of gradients', agreementOf)
    return { rows: rowsOf(shifts), holds: onEachSeed(shifts, (pi, spos) => pi > spos) }
  },
}

type Shifts = ReadonlyMap<Arm, readonly number[]>

async function measuredBy(
  { seeds, progress }: ClaimOptions,
  what: string,
  shiftOf: (paths: KeptPaths, random: Random) => number,
): Promise<Shifts> {
  const found = new Map<Arm, readonly number[]>()
  for (const seed of seeds) {
    for (const arm of armNames) {
      const random = createRandom(seed, 'shifts')
      const paths = await openKeptPaths(await supernetOf(arm, seed), arm !== 'no_teacher', random)
      const shift = shiftOf(paths, random)
      paths.dispose()
      progress(`${arms[arm]}, seed ${String(seed)}: ${what} ${shift.toFixed(4)}`)
      found.set(arm, [...(found.get(arm) ?? []), shift])
    }
  }
  return found
}

function rowsOf(shifts: Shifts): readonly MeasuredRow[] {
  return armNames.map((arm) => ({ label: arms[arm], unit: 'ratio', values: shifts.get(arm) ?? [] }))
}

function onEachSeed(shifts: Shifts, isBetter: (pi: number, spos: number) => boolean): boolean {
  const spos = shifts.get('single_path') ?? []
  return (shifts.get('pi') ?? []).every((pi, seed) => isBetter(pi, spos[seed] ?? NaN))
}

function featureShiftOf(paths: KeptPaths, random: Random): number {
  const found: number[] = []
  for (let pair = 0; pair < pairs; pair++) {
    const draws = random.stream(`feature/${String(pair)}`)
    const [first, second] = [pathOf(paths, draws), pathOf(paths, draws)]
    for (let depth = 1; depth <= paths.blocks; depth++) {
      found.push(1 - meanCosine(paths.features(first, depth), paths.features(second, depth)))
    }
  }
  return mean(found)
}

function agreementOf(paths: KeptPaths, random: Random): number {
  return mean(
    Array.from({ length: pairs }, (_, pair) => {
      const draws = random.stream(`parameter/${String(pair)}`)
      const shared = pair % paths.blocks
      const first = pathOf(paths, draws)
      const second = besides(first, paths, draws).map((option, block) =>
        block === shared ? (first[block] ?? 0) : option,
      )
      const [one, other] = [first, second].map((path) => paths.gradient(path, besides(path, paths, draws), shared))
      return cosineOf(one ?? new Map(), other ?? new Map())
    }),
  )
}

function pathOf({ blocks, candidates }: KeptPaths, random: Random): Path {
  return Array.from({ length: blocks }, () => random.integer(candidates))
}

/** A path that shares no candidate with another one. */
function besides(path: Path, { candidates }: KeptPaths, random: Random): Path {
  return path.map((option) => (option + 1 + random.integer(candidates - 1)) % candidates)
}

/** Mean over the rows. */
function meanCosine(a: FloatMatrix, b: FloatMatrix): number {
  const rowOf = ({ values, columns }: FloatMatrix, row: number) => values.subarray(row * columns, (row + 1) * columns)
  return mean(Array.from({ length: a.rows }, (_, row) => cosine(rowOf(a, row), rowOf(b, row))))
}

/** Of all gradients of both, one behind the other. */
function cosineOf(a: ReadonlyMap<string, Float32Array>, b: ReadonlyMap<string, Float32Array>): number {
  const shared = [...a.keys()].filter((name) => b.has(name))
  if (shared.length === 0) throw new Error('paths that share a block share no weight')
  const all = (of: ReadonlyMap<string, Float32Array>) => shared.flatMap((name) => [...(of.get(name) ?? [])])
  return cosine(all(a), all(b))
}

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [product, aa, bb] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    const [x = 0, y = 0] = [a[i], b[i]]
    product += x * y
    aa += x * x
    bb += y * y
  }
  return product / Math.sqrt(aa * bb)
}
