import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { buildNative } from '../../../../src/runtime/backend/install/build-native.js'
import { installTensorflow, removeTensorflow } from '../../../../src/runtime/backend/install/install.js'
import {
  backendsFolder,
  findTensorflow,
  readRecord,
  recordName,
  tensorflowFolder,
} from '../../../../src/runtime/backend/install/installation.js'
import { demandSpace } from '../../../../src/runtime/backend/install/requirements.js'
import { hasCuda, lackOf } from '../../../../src/runtime/backend/install/source.js'
import { cpuLevels, nativeFolder, nativeState } from '../../../../src/runtime/backend/tensorflow/native-files.js'
import { openTensorflowEngine } from '../../../../src/runtime/backend/tensorflow/engine.js'

const machine = { platform: 'linux', nodeVersion: 'v20.20.0', glibc: true }
let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'nasc-install-'))
  vi.stubEnv('XDG_DATA_HOME', home)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(home, { recursive: true, force: true })
})

/** Puts programs on the PATH, and nothing else: shell scripts by name. */
function onlyTools(tools: Readonly<Record<string, string>>): void {
  const bin = join(home, 'bin')
  mkdirSync(bin)
  for (const [name, body] of Object.entries(tools)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${body}\n`)
    chmodSync(join(bin, name), 0o755)
  }
  vi.stubEnv('PATH', bin)
  vi.stubEnv('CXX', undefined)
}

const good = 'exit 0'

/** The installation must fail with this code and leave nothing that could be taken for one. */
async function expectFailure(options: Parameters<typeof installTensorflow>[0], code: string, words: RegExp) {
  const attempt = installTensorflow({ machine, ...options })
  await expect(attempt).rejects.toMatchObject({ name: 'Failure', code })
  await expect(attempt).rejects.toThrow(words)
  expect(findTensorflow()?.origin).not.toBe('installed by nasc')
  const left = existsSync(backendsFolder()) ? readdirSync(backendsFolder()) : []
  expect(left.filter((name) => name.startsWith('tensorflow'))).toEqual([])
}

describe('an installation of native TensorFlow says what it lacks', () => {
  it('another system than Linux, a Node above 22, a Linux without glibc', async () => {
    await expectFailure({ machine: { ...machine, platform: 'darwin' } }, 'NAS7010', /darwin/)
    await expectFailure({ machine: { ...machine, nodeVersion: 'v24.1.0' } }, 'NAS7011', /v24\.1\.0/)
    await expectFailure({ machine: { ...machine, glibc: false } }, 'NAS7012', /musl/)
  })

  it('Python', async () => {
    onlyTools({ 'g++': good, make: good })
    await expectFailure({}, 'NAS7014', /no Python 3/)
  })

  it('a compiler or make', async () => {
    onlyTools({ python3: good, make: good })
    await expectFailure({}, 'NAS7013', /`g\+\+` is missing/)
    vi.stubEnv('CXX', 'exotic-compiler --fast')
    await expectFailure({}, 'NAS7013', /exotic-compiler --fast/)
  })

  it('make', async () => {
    onlyTools({ python3: good, 'g++': good })
    await expectFailure({}, 'NAS7013', /`make`/)
  })

  it('space on the disk', async () => {
    await expect(demandSpace(home, 2 ** 60)).rejects.toMatchObject({
      code: 'NAS7015',
      message: expect.stringContaining('1048576 TiB') as string,
    })
  })

  it('a wheel that pip can fetch', async () => {
    const python =
      'case "$*" in *download*) echo "ERROR: No route to the index" >&2; exit 1;; *find_spec*) exit 0;; esac'
    onlyTools({ python3: python, 'g++': good, make: good })
    await expectFailure({}, 'NAS7016', /tensorflow.*No route to the index/)
  })

  it('a wheel with the libraries', async () => {
    onlyTools({ python3: good, 'g++': good, make: good })
    await expectFailure({ wheel: join(home, 'none.whl') }, 'NAS7017', /no such file/)
    writeFileSync(join(home, 'other.whl'), 'no archive')
    // This Python unpacks nothing.
    await expectFailure({ wheel: join(home, 'other.whl') }, 'NAS7017', /lacks a folder `tensorflow`/)
    await expectFailure({ from: home }, 'NAS7017', /lacks libtensorflow_cc\.so\.2/)
  })

  it('packages that npm can fetch', async () => {
    const npm = 'echo "npm error network is unreachable" >&2; exit 1'
    onlyTools({ python3: good, 'g++': good, make: good, npm })
    await expectFailure({ from: fakeTensorflow() }, 'NAS7018', /network is unreachable/)
  })
})

/** A folder that looks like an installed TensorFlow. */
function fakeTensorflow(): string {
  const folder = join(home, 'site', 'tensorflow')
  mkdirSync(join(folder, 'include', 'tensorflow', 'c', 'eager'), { recursive: true })
  for (const name of ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2', 'include/tensorflow/c/eager/c_api.h']) {
    writeFileSync(join(folder, name), '')
  }
  return folder
}

describe('an installed TensorFlow', () => {
  it('is known by its libraries and headers, and by what it says of CUDA', () => {
    const folder = fakeTensorflow()
    expect(lackOf(folder)).toBeUndefined()
    expect(hasCuda(folder)).toBe(false)
    mkdirSync(join(folder, 'python', 'platform'), { recursive: true })
    writeFileSync(join(folder, 'python', 'platform', 'build_info.py'), "x = {'is_cuda_build': True}")
    expect(hasCuda(folder)).toBe(true)
    rmSync(join(folder, 'libtensorflow_framework.so.2'))
    expect(lackOf(folder)).toBe('libtensorflow_framework.so.2')
  })

  it('is stopped by its signal and leaves nothing behind', async () => {
    onlyTools({ python3: good, 'g++': good, make: good, npm: 'exec sleep 60' })
    vi.stubEnv('PATH', [process.env['PATH'], '/usr/bin', '/bin'].join(delimiter))
    const stop = new AbortController()
    const attempt = installTensorflow({
      machine,
      from: fakeTensorflow(),
      signal: stop.signal,
      report: () => {
        stop.abort()
      },
    })
    await expect(attempt).rejects.toThrow(/abort/i)
    expect(readdirSync(backendsFolder()).filter((name) => name.startsWith('tensorflow'))).toEqual([])
  })
})

describe('what is in place', () => {
  const record = {
    format: 1,
    tfjs: '4.22.0',
    tensorflow: '2.21.0',
    gpu: false,
    source: '',
    node: '',
    bytes: 1,
    trial: { threads: 1, tensorflowMs: 1, wasmMs: null },
  }
  const addon = () => join(tensorflowFolder(), 'node_modules', '@tensorflow', 'tfjs-node-gpu', 'lib', 'napi-v8')

  it('counts only whole: record and addon', () => {
    expect(tensorflowFolder().startsWith(home)).toBe(true)
    mkdirSync(addon(), { recursive: true })
    writeFileSync(join(addon(), 'tfjs_binding.node'), '')
    expect(findTensorflow()?.origin).not.toBe('installed by nasc')
    writeFileSync(join(tensorflowFolder(), recordName), '{"format": 1')
    expect(readRecord(tensorflowFolder())).toBeUndefined()
    writeFileSync(join(tensorflowFolder(), recordName), JSON.stringify(record))
    expect(findTensorflow()).toMatchObject({
      origin: 'installed by nasc',
      gpu: false,
      record: { tensorflow: '2.21.0' },
    })
    rmSync(join(addon(), 'tfjs_binding.node'))
    expect(findTensorflow()?.origin).not.toBe('installed by nasc')
  })

  it('can be removed, with what killed installations left', () => {
    expect(removeTensorflow()).toBeUndefined()
    mkdirSync(addon(), { recursive: true })
    writeFileSync(join(addon(), 'tfjs_binding.node'), 'twelve bytes')
    // No process has a number this high.
    mkdirSync(`${tensorflowFolder()}.building-99999999`)
    expect(removeTensorflow()).toBe(12)
    expect(readdirSync(backendsFolder())).toEqual([])
  })

  it('that does not load is a failure that says where and what to do', () => {
    mkdirSync(addon(), { recursive: true })
    writeFileSync(join(addon(), 'tfjs_binding.node'), 'not a library')
    const packageFolder = join(addon(), '..', '..')
    expect(() => openTensorflowEngine({ packageFolder })).toThrow(
      expect.objectContaining({
        code: 'NAS7006',
        help: expect.stringContaining('nasc backend install tensorflow') as string,
      }) as Error,
    )
  })
})

describe('kernels of ours', () => {
  const compileWith = async (compiler: string) => {
    onlyTools({ 'g++': compiler })
    const lines: string[] = []
    const report = (line: string): void => void lines.push(line)
    const outcome = await buildNative({ addonPackage: home, tensorflow: home, report, command: {} })
    return { ...outcome, lines }
  }

  it('that do not compile are told of, and TensorFlow goes on without', async () => {
    const { levels, why, lines } = await compileWith('echo "error: no such option" >&2; exit 1')
    expect({ levels, why }).toEqual({ levels: [], why: 'error: no such option' })
    expect(lines.at(-1)).toContain('do not compile')
    expect(nativeState(home)).toEqual({ kind: 'absent' })
  })

  it('are compiled for every kind of processor, and are stale when their sources are others', async () => {
    const { levels } = await compileWith('while [ "$1" != -o ]; do shift; done; : > "$2"')
    expect(levels).toEqual(cpuLevels().map(({ name }) => name))
    const made = readdirSync(nativeFolder(home))
    expect(made).toHaveLength(levels.length)
    expect(nativeState(home).kind).toMatch(/^(ready|other-cpu)$/)
    for (const name of made) renameSync(join(nativeFolder(home), name), join(nativeFolder(home), `x${name}`))
    expect(nativeState(home)).toEqual({ kind: 'stale' })
  })
})
