// AssemblyScript kernels -> dist/kernels/kernels.wasm, if a source is newer than it. Run as a script, or call
// `buildKernels()` (tests do).
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const sources = join(root, 'src/runtime/kernels/assembly')
const output = join(root, 'dist/kernels/kernels.wasm')

const flags = [
  ...['--runtime', 'stub', '--importMemory', '--noExportMemory', '--noAssert', '-O3', '--converge'],
  ...['--enable', 'simd', '--enable', 'bulk-memory'],
]

/** Builds the kernel module unless it is newer than its sources; returns its path. */
export async function buildKernels() {
  if (isFresh()) return output
  mkdirSync(dirname(output), { recursive: true })
  // Written aside and renamed: tests of several processes may build at the same time.
  const aside = `${output}.${String(process.pid)}`
  const compiler = join(root, 'node_modules/assemblyscript/bin/asc.js')
  await promisify(execFile)(process.execPath, [compiler, join(sources, 'index.ts'), '-o', aside, ...flags], {
    cwd: root,
  })
  refuseStaticData(readFileSync(aside))
  renameSync(aside, output)
  return output
}

function isFresh() {
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
