// src/cli/main.ts and all that it imports -> dist/src/cli/main.js and dist/packed/: Node takes half a millisecond for every
// module that it loads, and the compiler alone has 200. What is loaded only when it is needed stays in files of its own.
// Of the packages only yargs is packed, which every command loads, without what lays out help texts: nasc writes its own.
import { readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { root } from './run-step.mjs'

const chunks = 'dist/packed'
const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

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
    external: Object.keys({ ...dependencies, ...peerDependencies }).filter((name) => name !== 'yargs'),
    alias: { cliui: './scripts/without-cliui.mjs' },
    sourcemap: true,
    metafile: true,
    logLevel: 'warning',
  })
  for (const name of readdirSync(join(root, chunks))) {
    if (!(`${chunks}/${name}` in metafile.outputs)) rmSync(join(root, chunks, name))
  }
}
