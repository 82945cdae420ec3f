// AssemblyScript kernels -> dist/kernels/kernels.wasm, for a memory of its own, kernels-shared.wasm, for one that threads
// share, and both again with fused multiply-adds (kernels-fma.wasm, kernels-fma-shared.wasm), if a source is newer than
// they. Run as a script, or call `buildKernels()` (tests do).
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const sources = join(root, 'src/runtime/kernels/assembly')
const output = (name) => join(root, `dist/kernels/${name}.wasm`)

const flags = [
  ...['--runtime', 'stub', '--importMemory', '--noExportMemory', '--noAssert', '-O3', '--converge'],
  ...['--enable', 'simd', '--enable', 'bulk-memory'],
]

/** The limits are those of the memory of TensorFlow.js, in pages of 64 KiB; a module must name them to import it. */
const sharedFlags = [
  ...['--sharedMemory', '--enable', 'threads'],
  ...['--initialMemory', '256', '--maximumMemory', '65536'],
]

/** `f32x4.relaxed_madd`, which rounds once; `simd.ts` asks for the feature. */
const fusedFlags = ['--enable', 'relaxed-simd']

/** Builds the kernel modules unless they are newer than their sources. */
export async function buildKernels() {
  await Promise.all([
    build(output('kernels'), flags),
    build(output('kernels-shared'), [...flags, ...sharedFlags]),
    build(output('kernels-fma'), [...flags, ...fusedFlags]),
    build(output('kernels-fma-shared'), [...flags, ...sharedFlags, ...fusedFlags]),
  ])
}

async function build(output, flags) {
  if (isFresh(output)) return
  mkdirSync(dirname(output), { recursive: true })
  // Written aside and renamed: tests of several processes may build at the same time.
  const aside = `${output}.${String(process.pid)}`
  const compiler = join(root, 'node_modules/assemblyscript/bin/asc.js')
  await promisify(execFile)(process.execPath, [compiler, join(sources, 'index.ts'), '-o', aside, ...flags], {
    cwd: root,
  })
  refuseStaticData(readFileSync(aside))
  renameSync(aside, output)
}

function isFresh(output) {
  if (!existsSync(output)) return false
  const built = statSync(output).mtimeMs
  return [fileURLToPath(import.meta.url), ...readdirSync(sources).map((name) => join(sources, name))].every(
    (file) => statSync(file).mtimeMs < built,
  )
}

/** The memory is the backend's: a data segment or a start function of ours would overwrite its static data. */
function refuseStaticData(bytes) {
  const forbidden = new Map([
    [8, 'a start function'],
    [11, 'a data segment'],
  ])
  let at = 8
  while (at < bytes.length) {
    const id = bytes[at++]
    let size = 0
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]
      size |= (byte & 127) << shift
      if (byte < 128) break
    }
    // An empty data section (one byte, the count 0) is harmless.
    if (forbidden.has(id) && size > 1) throw new Error(`the kernel module has ${forbidden.get(id)}`)
    at += size
  }
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    await buildKernels()
  } catch (error) {
    console.error(error.stderr ?? error)
    process.exitCode = 1
  }
}
