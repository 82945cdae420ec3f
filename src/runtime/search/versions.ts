import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Versions of all that computes, for the record of a run. */
export function versions(): Readonly<Record<string, string>> {
  return {
    nasc: versionIn(join(packageRoot(), 'package.json')),
    node: process.version,
    '@tensorflow/tfjs-core': installedVersion('@tensorflow/tfjs-core'),
    '@tensorflow/tfjs-backend-wasm': installedVersion('@tensorflow/tfjs-backend-wasm'),
  }
}

function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder)
  return folder
}

function installedVersion(name: string): string {
  return versionIn(createRequire(import.meta.url).resolve(`${name}/package.json`))
}

function versionIn(path: string): string {
  const described: unknown = JSON.parse(readFileSync(path, 'utf8'))
  return typeof described === 'object' && described !== null && 'version' in described ? String(described.version) : ''
}
