import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import process from 'node:process'
import { packageRoot } from '../../../support/node/package-root.js'

/** Kinds of processors that our kernels are compiled for, the best one first, with what each must have. */
export interface CpuLevel {
  readonly name: string
  /** Options of the compiler. */
  readonly options: readonly string[]
  /** As Linux names them in /proc/cpuinfo. */
  readonly features: readonly string[]
}

const v3 = ['avx', 'avx2', 'bmi1', 'bmi2', 'f16c', 'fma', 'movbe']

/** Levels of the x86-64 psABI; other processors get what the compiler takes them for. */
export function cpuLevels(arch: string = process.arch): readonly CpuLevel[] {
  if (arch !== 'x64') return [{ name: arch, options: [], features: [] }]
  return [
    {
      name: 'x86-64-v4',
      options: ['-march=x86-64-v4'],
      features: [...v3, 'avx512f', 'avx512bw', 'avx512cd', 'avx512dq', 'avx512vl'],
    },
    { name: 'x86-64-v3', options: ['-march=x86-64-v3'], features: v3 },
    { name: 'x86-64-v2', options: ['-march=x86-64-v2'], features: ['sse4_1', 'sse4_2', 'ssse3', 'popcnt'] },
  ]
}

/** The levels that this processor has, the best one first. */
export function levelsOfThisCpu(): readonly CpuLevel[] {
  const has = cpuFeatures()
  return cpuLevels().filter(({ features }) => features.every((feature) => has.has(feature)))
}

function cpuFeatures(): ReadonlySet<string> {
  const path = '/proc/cpuinfo'
  if (!existsSync(path)) return new Set()
  return new Set(/^flags\s*:(.*)$/m.exec(readFileSync(path, 'utf8'))?.[1]?.trim().split(/\s+/) ?? [])
}

/** The folder of the C++ sources of our kernels. */
export function nativeSources(): string {
  return join(packageRoot(), 'src', 'runtime', 'backend', 'tensorflow', 'native')
}

/** All files to compile, in a fixed order. */
export function nativeUnits(folder: string = nativeSources()): readonly string[] {
  return filesOf(folder).filter((file) => file.endsWith('.cc'))
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(cc|h)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** Says of what sources kernels are: those of another nasc must not be loaded. */
function fingerprint(folder: string): string {
  const hash = createHash('sha256')
  for (const file of filesOf(folder)) hash.update(`${relative(folder, file)}\n`).update(readFileSync(file))
  return hash.digest('hex').slice(0, 16)
}

/** Where the compiled kernels lie: in the package of the addon that they are loaded after. */
export function nativeFolder(addonPackage: string): string {
  return join(addonPackage, 'lib', 'nasc')
}

/** The compiled kernels of a level, for the sources as they are. */
export function nativeAddon(addonPackage: string, level: CpuLevel, hash = fingerprint(nativeSources())): string {
  return join(nativeFolder(addonPackage), `${hash}-${level.name}.node`)
}

/** Whether our kernels are there for this nasc and this processor: the file and its level, or why not. */
export type NativeState =
  | { readonly kind: 'ready'; readonly level: string; readonly path: string }
  | { readonly kind: 'absent' | 'stale' | 'other-cpu' }

/** Why our kernels are not there, to follow a colon. */
export const nativeWords: Readonly<Record<Exclude<NativeState['kind'], 'ready'>, string>> = {
  absent: 'they have not been compiled',
  stale: 'they were compiled for another nasc',
  'other-cpu': 'they were compiled for other processors',
}

/** Loads nothing. */
export function nativeState(addonPackage: string): NativeState {
  const folder = nativeFolder(addonPackage)
  if (!existsSync(folder) || readdirSync(folder).length === 0) return { kind: 'absent' }
  const hash = fingerprint(nativeSources())
  if (!readdirSync(folder).some((name) => name.startsWith(`${hash}-`))) return { kind: 'stale' }
  for (const level of levelsOfThisCpu()) {
    const path = nativeAddon(addonPackage, level, hash)
    if (existsSync(path)) return { kind: 'ready', level: level.name, path }
  }
  return { kind: 'other-cpu' }
}
