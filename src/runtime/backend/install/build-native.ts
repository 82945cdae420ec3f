import { mkdirSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import process from 'node:process'
import {
  cpuLevels,
  nativeAddon,
  nativeFolder,
  nativeSources,
  nativeUnits,
  type CpuLevel,
} from '../tensorflow/native-files.js'
import { reasonOf, runCommand, type CommandOptions } from '../../../support/node/run-command.js'
import { libraries } from './source.js'

export interface NativeRequest {
  /** The package of the addon, which the kernels are put into. */
  readonly addonPackage: string
  /** TensorFlow's libraries. */
  readonly tensorflow: string
  readonly report: (line: string) => void
  readonly command: CommandOptions
}

/** What came of it: the levels that there are kernels for now, and what the compiler said where it failed. */
export interface NativeOutcome {
  readonly levels: readonly string[]
  readonly why?: string
}

/**
 * Compiles our kernels for every kind of processor, so that an installation serves all machines that share a home. Those
 * that do not compile are left out: without any, TensorFlow's own operations do it all, slower.
 */
export async function buildNative({
  addonPackage,
  tensorflow,
  report,
  command,
}: NativeRequest): Promise<NativeOutcome> {
  report("compiles nasc's own kernels")
  rmSync(nativeFolder(addonPackage), { recursive: true, force: true })
  mkdirSync(nativeFolder(addonPackage), { recursive: true })
  const outcomes = new Map<string, string | undefined>()
  const waiting = [...cpuLevels()]
  const compileNext = async (): Promise<void> => {
    for (let level = waiting.shift(); level !== undefined; level = waiting.shift()) {
      outcomes.set(level.name, await compile(level, addonPackage, tensorflow, command))
    }
  }
  await Promise.all(Array.from({ length: Math.min(waiting.length, availableParallelism()) }, compileNext))
  const levels = cpuLevels().map(({ name }) => name)
  const [why] = [...outcomes.values()].filter((each) => each !== undefined)
  const made = levels.filter((name) => outcomes.get(name) === undefined)
  if (made.length === 0) report(`they do not compile, so TensorFlow's own serve, slower: ${why ?? ''}`)
  return { levels: made, ...(why === undefined ? {} : { why }) }
}

/** Gives what the compiler complains of, if it does. */
async function compile(
  level: CpuLevel,
  addonPackage: string,
  tensorflow: string,
  options: CommandOptions,
): Promise<string | undefined> {
  const [compiler = 'g++', ...own] = (process.env['CXX'] ?? 'g++').split(' ')
  const args = [
    ...own,
    ...['-std=c++17', '-O3', '-ffp-contract=fast', '-fPIC', '-shared', '-pthread', '-fvisibility=hidden'],
    ...level.options,
    ...['-o', nativeAddon(addonPackage, level)],
    ...nativeUnits(),
    // It is loaded already when our kernels are: they need its name and not its place.
    ...[`-L${tensorflow}`, `-l:${libraries[1]}`],
  ]
  const outcome = await runCommand(compiler, args, { ...options, cwd: nativeSources() })
  return outcome.code === 0 ? undefined : reasonOf(outcome)
}
