// grammar/, src/, bench/, scripts/ and what they import of test/ -> dist/, file by file.
import { readdirSync } from 'node:fs'
import { join, sep } from 'node:path'
import { build } from 'esbuild'
import { root } from './run-step.mjs'

export const folders = ['grammar', 'src', 'bench', 'scripts', 'test/brute-force']

/** AssemblyScript, which has a compiler of its own. */
const assembly = join('src', 'runtime', 'kernels', 'assembly') + sep

/** Options of the compiler, such as `verbatimModuleSyntax`, come from tsconfig.json. Rejects where a file does not parse. */
export async function transpile() {
  await build({
    absWorkingDir: root,
    entryPoints: folders.flatMap(sourcesIn),
    outdir: 'dist',
    outbase: '.',
    bundle: false,
    format: 'esm',
    platform: 'node',
    sourcemap: true,
    logLevel: 'warning',
  })
}

/** @param {string} folder relative to the root */
function sourcesIn(folder) {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => /(?<!\.test|\.d)\.ts$/.test(name) && !name.startsWith(assembly))
}
