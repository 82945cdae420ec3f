// src/cli/main.ts and all that it imports -> dist/src/cli/main.js and dist/packed/: Node takes half a millisecond for every
// module that it loads, and the compiler alone has 200. What is loaded only when it is needed stays in files of its own;
// packages are not packed.
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { root } from './run-step.mjs'

const chunks = 'dist/packed'

/** Overwrites the `main.js` of the TypeScript compiler. */
export async function pack() {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [{ in: 'src/cli/main.ts', out: 'src/cli/main' }],
    outdir: 'dist',
    chunkNames: 'packed/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    sourcemap: true,
    metafile: true,
    logLevel: 'warning',
  })
  for (const name of readdirSync(join(root, chunks))) {
    if (!(`${chunks}/${name}` in metafile.outputs)) rmSync(join(root, chunks, name))
  }
}
