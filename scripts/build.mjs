// `npm run build`: TypeScript -> dist/, AssemblyScript kernels -> dist/kernels/, stale output removed; the command line is
// packed into few files, because Node takes half a millisecond for every module that it loads. Types are checked by
// `npm run lint` and `npm test`, not here.
import { chmodSync, existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { node, root } from './run-step.mjs'

if (!existsSync(join(root, 'node_modules/esbuild'))) {
  console.error('nasc is built from source and needs its development packages: run `npm ci` without --omit=dev.')
  process.exit(1)
}

const { transpile, folders } = await import('./transpile.mjs')
await transpile()
for (const folder of folders) removeStale(`dist/${folder}`, folder)
const { pack } = await import('./pack.mjs')
await pack()

const kernels = 'scripts/build-kernels.mjs'
if (existsSync(join(root, kernels)) && !(await node(kernels))) process.exit(1)

const main = join(root, 'dist/src/cli/main.js')
if (existsSync(main)) chmodSync(main, 0o755)

/** Removes compiled files whose source is gone, so that a moved module cannot be imported by its old name. */
function removeStale(outFolder, sourceFolder) {
  const out = join(root, outFolder)
  if (!existsSync(out)) return
  for (const entry of readdirSync(out, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.js(\.map)?$/.test(entry.name)) continue
    const file = join(entry.parentPath, entry.name)
    const source = join(root, sourceFolder, file.slice(out.length + 1).replace(/\.js(\.map)?$/, '.ts'))
    if (!existsSync(source)) rmSync(file)
  }
}
