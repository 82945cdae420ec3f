import { diskTooFull } from './requirements.js'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { packageRoot } from '../../../support/node/package-root.js'
import { replaceFile } from '../../../support/node/replace-file.js'
import { buildAddon, packageFolderIn, tfjsVersion } from './build-addon.js'
import { buildNative } from './build-native.js'
import { reasonOf, runCommand, type CommandOptions } from '../../../support/node/run-command.js'
import { Failure } from '../../../catalogue/failure.js'
import { backendsFolder, readRecord, recordName, tensorflowFolder, type InstallationRecord } from './installation.js'
import { demandCompiler, demandMachine, demandSpace, findPython, thisMachine, type Machine } from './requirements.js'
import { demandTensorflow, findSource, sourceName, type TensorflowSource } from './source.js'
import { tolerance, type SelfTest } from './self-test.js'
import { nativeState } from '../tensorflow/native-files.js'
import { unpackWheel } from './unpack.js'

export interface InstallOptions {
  /** Build against a TensorFlow with CUDA. */
  readonly gpu?: boolean
  /** A wheel of TensorFlow. */
  readonly wheel?: string | undefined
  /** A folder with an installed or unpacked TensorFlow. It stays where it is and must not go. */
  readonly from?: string | undefined
  readonly report?: (line: string) => void
  readonly signal?: AbortSignal | undefined
  /** For tests. */
  readonly machine?: Machine
}

export interface InstallOutcome {
  readonly folder: string
  /** False if it was there already and is well. */
  readonly installed: boolean
  readonly record: InstallationRecord
  readonly test: SelfTest
}

/** Bytes on disk while it is built: wheel, libraries, npm packages; with CUDA, its companions too. */
const SPACE = { cpu: 2 * 2 ** 30, gpu: 11 * 2 ** 30 }

/**
 * Makes native TensorFlow usable: the npm package of tfjs-node-gpu, whose own installation downloads from a host that
 * refuses, with its addon built against the TensorFlow that PyPI ships. All is built aside, tested in a process of its
 * own and then put in place, so that nothing half-built is ever found. Done already, our kernels are compiled anew if they
 * are of another nasc, and all is tested and measured again, unless another TensorFlow is asked for.
 *
 * @throws Failure NAS7010 … NAS7020, each with what to do
 */
export async function installTensorflow(options: InstallOptions = {}): Promise<InstallOutcome> {
  const { gpu = false, wheel, from, report = () => undefined, signal, machine = thisMachine() } = options
  demandMachine(machine)
  const folder = tensorflowFolder()
  const present = readRecord(folder)
  if (present !== undefined && present.gpu === gpu && wheel === undefined && from === undefined) {
    report('is there already: tests it')
    await refreshNative(folder, present, { report, signal })
    const test = await testInChild(packageFolderIn(folder), { signal }).catch(() => undefined)
    if (test !== undefined) {
      // What was faster then need not be faster now: kernels change with every nasc.
      const record = { ...present, trial: test.trial }
      writeRecord(folder, record)
      return { folder, installed: false, record, test }
    }
    signal?.throwIfAborted()
    report('does not work any more: builds it anew')
  }
  if (from !== undefined) demandTensorflow(from)
  const python = await findPython()
  await demandCompiler()
  await demandSpace(backendsFolder(), gpu ? SPACE.gpu : SPACE.cpu)
  sweep()
  const building = `${folder}.building-${String(process.pid)}`
  try {
    mkdirSync(building, { recursive: true })
    const log = join(backendsFolder(), 'install.log')
    writeFileSync(log, '')
    const command: CommandOptions = { signal, log }
    const downloads = join(building, 'wheels')
    const source = await findSource({ python, gpu, wheel, from, downloads, report, command })
    const tensorflow = await provide(source, building, { python, report, command })
    rmSync(downloads, { recursive: true, force: true })
    await buildAddon({ folder: building, tensorflow, python, log, report, command })
    // Not with CUDA, which our kernels know nothing of.
    if (!gpu) await buildNative({ addonPackage: packageFolderIn(building), tensorflow, report, command })
    report('tests it against plain JavaScript, forward and gradient')
    const test = await testInChild(packageFolderIn(building), command)
    const record: InstallationRecord = {
      format: 1,
      tfjs: tfjsVersion,
      tensorflow: test.tensorflow,
      gpu,
      source: sourceName(source),
      node: process.version,
      bytes: sizeOnDisk(building),
      trial: test.trial,
    }
    writeRecord(building, record)
    putInPlace(building, folder)
    return { folder, installed: true, record, test }
  } catch (error) {
    if (isDiskFull(error)) throw diskTooFull(backendsFolder(), gpu ? SPACE.gpu : SPACE.cpu, 0)
    throw error
  } finally {
    rmSync(building, { recursive: true, force: true })
  }
}

/** Compiles our kernels anew where they are of another nasc. An installation that works without them is not harmed. */
async function refreshNative(
  folder: string,
  { gpu, source }: InstallationRecord,
  { report, signal }: { readonly report: (line: string) => void; readonly signal: AbortSignal | undefined },
): Promise<void> {
  const addonPackage = packageFolderIn(folder)
  if (gpu || nativeState(addonPackage).kind === 'ready') return
  const unpacked = join(folder, 'site', 'tensorflow')
  const tensorflow = existsSync(unpacked) ? unpacked : source
  const log = join(backendsFolder(), 'install.log')
  writeFileSync(log, '')
  await buildNative({ addonPackage, tensorflow, report, command: { signal, log } })
}

/** Removes what {@link installTensorflow} made. Gives the bytes that were freed; undefined if there was nothing. */
export function removeTensorflow(): number | undefined {
  sweep()
  const folder = tensorflowFolder()
  if (!existsSync(folder)) return undefined
  const bytes = sizeOnDisk(folder)
  const aside = `${folder}.old-${String(process.pid)}`
  renameSync(folder, aside)
  rmSync(aside, { recursive: true, force: true })
  return bytes
}

async function provide(
  source: TensorflowSource,
  building: string,
  { python, report, command }: Pick<Parameters<typeof findSource>[0], 'python' | 'report' | 'command'>,
): Promise<string> {
  if (source.kind === 'folder') return source.folder
  const site = join(building, 'site')
  for (const file of source.files) {
    report(`unpacks ${sourceName({ kind: 'wheels', files: [file] })}`)
    await unpackWheel(python, file, site, command)
  }
  const [first = ''] = source.files
  if (!existsSync(join(site, 'tensorflow')))
    throw new Failure('not-a-tensorflow', { source: first, missing: 'a folder `tensorflow`' })
  return demandTensorflow(join(site, 'tensorflow'))
}

/** @throws Failure NAS7020 if it does not load or computes something else */
async function testInChild(packageFolder: string, command: CommandOptions): Promise<SelfTest> {
  const script = join(packageRoot(), 'dist/src/runtime/backend/install/self-test-process.js')
  const outcome = await runCommand(process.execPath, [script, packageFolder], command)
  if (outcome.code !== 0) throw new Failure('self-test-failed', { reason: reasonOf(outcome) })
  // TensorFlow may have said something first.
  const test: unknown = JSON.parse(outcome.stdout.trim().split('\n').at(-1) ?? 'null')
  if (!isSelfTest(test)) throw new Failure('self-test-failed', { reason: reasonOf(outcome) })
  if (!(test.difference <= tolerance)) {
    const reason = `it differs from plain JavaScript by ${String(test.difference)}`
    throw new Failure('self-test-failed', { reason })
  }
  return test
}

function isSelfTest(value: unknown): value is SelfTest {
  return (
    typeof value === 'object' && value !== null && 'tensorflow' in value && 'difference' in value && 'trial' in value
  )
}

/** Whoever reads the record finds the old one or the new one. */
function writeRecord(folder: string, record: InstallationRecord): void {
  replaceFile(join(folder, recordName), [`${JSON.stringify(record, undefined, 2)}\n`])
}

function putInPlace(building: string, folder: string): void {
  const aside = `${folder}.old-${String(process.pid)}`
  if (existsSync(folder)) renameSync(folder, aside)
  renameSync(building, folder)
  rmSync(aside, { recursive: true, force: true })
}

/** Removes what killed installations have left. */
function sweep(): void {
  const parent = backendsFolder()
  if (!existsSync(parent)) return
  for (const name of readdirSync(parent)) {
    const pid = /^tensorflow\.(?:building|old)-(\d+)$/.exec(name)?.[1]
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(parent, name), { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOSPC'
}

function sizeOnDisk(folder: string): number {
  let bytes = 0
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) bytes += statSync(join(entry.parentPath, entry.name)).size
  }
  return bytes
}
