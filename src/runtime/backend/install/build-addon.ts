import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import process from 'node:process'
import { reasonOf, runCommand, type CommandOptions } from '../../../support/node/run-command.js'
import { Failure } from '../../../catalogue/failure.js'
import { libraries } from './source.js'

export const tfjsVersion = '4.22.0'
const gypVersion = '11.5.0'
const addonPackage = '@tensorflow/tfjs-node-gpu'

export interface AddonRequest {
  /** Folder that everything is built in; it may be moved afterwards. */
  readonly folder: string
  /** TensorFlow's libraries and headers: in `folder`, or elsewhere for good. */
  readonly tensorflow: string
  readonly python: string
  readonly log: string
  readonly report: (line: string) => void
  readonly command: CommandOptions
}

/** Where the package of the addon lies in the folder of an installation. */
export function packageFolderIn(folder: string): string {
  return join(folder, 'node_modules', ...addonPackage.split('/'))
}

/**
 * Installs the npm package without its scripts, which would download, and builds its addon against TensorFlow.
 *
 * @throws Failure NAS7018 if npm fails, NAS7019 if the compiler does
 */
export async function buildAddon(request: AddonRequest): Promise<void> {
  const { folder, tensorflow, python, log, report, command } = request
  report(`fetches ${addonPackage} ${tfjsVersion} with npm`)
  await npmInstall(folder, { [addonPackage]: tfjsVersion }, request)
  const tools = join(folder, 'tools')
  await npmInstall(tools, { 'node-gyp': gypVersion }, request)

  const packageFolder = packageFolderIn(folder)
  link(packageFolder, tensorflow)
  const addon = join(packageFolder, 'lib', 'napi-v8')
  const place = tensorflow.startsWith(folder) ? `$ORIGIN/${relative(addon, tensorflow)}` : tensorflow
  adaptBuild(packageFolder, place)
  report('compiles the addon')
  const headers = dirname(dirname(process.execPath))
  const outcome = await runCommand(
    process.execPath,
    [
      join(tools, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js'),
      'rebuild',
      // Without these headers node-gyp downloads them.
      ...(existsSync(join(headers, 'include', 'node', 'node_api.h')) ? [`--nodedir=${headers}`] : []),
      `--python=${python}`,
      '--module_name=tfjs_binding',
      `--module_path=${addon}`,
      '--napi_build_version=8',
    ],
    { ...command, cwd: packageFolder },
  )
  if (outcome.code !== 0) throw new Failure('binding-does-not-compile', { reason: reasonOf(outcome), log })
  rmSync(join(packageFolder, 'build'), { recursive: true, force: true })
  rmSync(join(packageFolder, 'deps'), { recursive: true, force: true })
  rmSync(tools, { recursive: true, force: true })
}

async function npmInstall(
  folder: string,
  dependencies: Readonly<Record<string, string>>,
  { log, command }: AddonRequest,
): Promise<void> {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ private: true, dependencies }, undefined, 2)}\n`)
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock']
  const outcome = await runCommand('npm', args, { ...command, cwd: folder })
  if (outcome.code !== 0) throw new Failure('npm-failed', { reason: reasonOf(outcome), log })
}

/** The names under which the linker looks for libraries and headers. */
function link(packageFolder: string, tensorflow: string): void {
  const lib = join(packageFolder, 'deps', 'lib')
  mkdirSync(lib, { recursive: true })
  const [all, framework] = libraries
  symlinkSync(join(tensorflow, all), join(lib, 'libtensorflow.so'))
  symlinkSync(join(tensorflow, framework), join(lib, 'libtensorflow_framework.so'))
  symlinkSync(join(tensorflow, 'include'), join(packageFolder, 'deps', 'include'))
}

/** The addon finds TensorFlow's libraries in their own folder, so that those find their companions (`$ORIGIN/../nvidia`). */
function adaptBuild(packageFolder: string, place: string): void {
  const path = join(packageFolder, 'binding.gyp')
  // gyp and make take one backslash and one dollar each.
  const escaped = place.replace('$', () => '\\$$')
  const adapted = readFileSync(path, 'utf8').replace(/'-Wl,-rpath,[^']*'/, () => `'-Wl,-rpath,${escaped}'`)
  writeFileSync(path, adapted)
}
