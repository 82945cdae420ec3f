import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { reasonOf, runCommand, type CommandOptions } from '../../../support/node/run-command.js'
import { Failure } from '../../../catalogue/failure.js'

/** Where TensorFlow's libraries and headers come from. */
export type TensorflowSource =
  /** An unpacked or installed TensorFlow that stays where it is. */
  | { readonly kind: 'folder'; readonly folder: string }
  /** Wheels to unpack: TensorFlow's first, then what it needs beside. */
  | { readonly kind: 'wheels'; readonly files: readonly string[] }

export interface SourceRequest {
  readonly python: string
  readonly gpu: boolean
  readonly wheel?: string | undefined
  readonly from?: string | undefined
  /** Folder that fetched wheels are put into. */
  readonly downloads: string
  readonly report: (line: string) => void
  readonly command: CommandOptions
}

/** What the addon is linked with. */
export const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'] as const
const header = 'include/tensorflow/c/eager/c_api.h'

/**
 * What the user named, else an installed TensorFlow of Python, else wheels that pip fetches.
 *
 * @throws Failure NAS7016 if they cannot be fetched, NAS7017 if what was named is no TensorFlow
 */
export async function findSource(request: SourceRequest): Promise<TensorflowSource> {
  const { wheel, from, gpu, report } = request
  if (wheel !== undefined) {
    const file = resolve(wheel)
    if (!existsSync(file) || !statSync(file).isFile())
      throw new Failure('not-a-tensorflow', { source: wheel, missing: 'everything: there is no such file' })
    return { kind: 'wheels', files: [file] }
  }
  if (from !== undefined) return { kind: 'folder', folder: demandTensorflow(from) }
  const installed = await installedInPython(request)
  if (installed !== undefined && (!gpu || hasCuda(installed))) {
    report(`found TensorFlow of Python in ${installed}`)
    return { kind: 'folder', folder: installed }
  }
  return { kind: 'wheels', files: await fetchWheels(request) }
}

/** The folder itself or `tensorflow` in it. @throws Failure NAS7017 if neither holds libraries and headers */
export function demandTensorflow(folder: string): string {
  const candidates = [resolve(folder), join(resolve(folder), 'tensorflow')]
  const found = candidates.find((candidate) => lackOf(candidate) === undefined)
  if (found !== undefined) return found
  const nearest = candidates.find((each) => existsSync(join(each, 'include'))) ?? resolve(folder)
  throw new Failure('not-a-tensorflow', { source: folder, missing: lackOf(nearest) ?? '' })
}

/** What is missing in a folder that should hold TensorFlow. */
export function lackOf(folder: string): string | undefined {
  return [...libraries, header].find((name) => !existsSync(join(folder, name)))
}

/** Importing TensorFlow takes seconds: Python is only asked where it lies. */
async function installedInPython({ python, command }: SourceRequest): Promise<string | undefined> {
  const script =
    "import importlib.util as u; s = u.find_spec('tensorflow'); print(s.submodule_search_locations[0] if s and s.submodule_search_locations else '')"
  const { code, stdout } = await runCommand(python, ['-c', script], command)
  const folder = stdout.trim()
  return code === 0 && folder !== '' && lackOf(folder) === undefined ? folder : undefined
}

/** Whether an installed TensorFlow was built with CUDA, by what it says of its own build. */
export function hasCuda(folder: string): boolean {
  const path = join(folder, 'python', 'platform', 'build_info.py')
  return existsSync(path) && /['"]is_cuda_build['"]\s*:\s*True/.test(readFileSync(path, 'utf8'))
}

async function fetchWheels({ python, gpu, downloads, report, command }: SourceRequest): Promise<readonly string[]> {
  // Wheels of tensorflow-cpu are for x86-64 only; those of tensorflow without its companions need no GPU elsewhere.
  const name = gpu ? 'tensorflow[and-cuda]' : process.arch === 'x64' ? 'tensorflow-cpu' : 'tensorflow'
  mkdirSync(downloads, { recursive: true })
  report(`fetches ${name} with pip${gpu ? ', some 3 GB' : ', some 270 MB'}`)
  const base = [
    '-m',
    'pip',
    'download',
    '--only-binary=:all:',
    '--dest',
    downloads,
    ...(gpu ? [] : ['--no-deps']),
    name,
  ]
  // Nothing of it runs in Python: a wheel for another version does as well, where there is none for this one.
  let outcome = await runCommand(python, base, command)
  if (outcome.code !== 0 && /No matching distribution/.test(outcome.stderr)) {
    outcome = await runCommand(python, [...base, '--python-version', '3.12'], command)
  }
  if (outcome.code !== 0) throw new Failure('wheel-not-fetched', { wheel: name, reason: reasonOf(outcome) })
  const files = readdirSync(downloads).filter((file) => file.endsWith('.whl'))
  const tensorflow = files.filter((file) => /^tensorflow(_cpu)?-\d/.test(file))
  const companions = files.filter((file) => file.startsWith('nvidia_'))
  return [...tensorflow, ...companions].map((file) => join(downloads, file))
}

/** In words, for the record of an installation. */
export function sourceName(source: TensorflowSource): string {
  return source.kind === 'folder' ? source.folder : basename(source.files[0] ?? '')
}
