import { createRequire } from 'node:module'
import { packageVersion, versionIn } from '../../../support/node/package-root.js'

/** Versions of all that computes, for the record of a run. */
export function versions(): Readonly<Record<string, string>> {
  return {
    nasc: packageVersion(),
    node: process.version,
    '@tensorflow/tfjs-core': installedVersion('@tensorflow/tfjs-core'),
    '@tensorflow/tfjs-backend-wasm': installedVersion('@tensorflow/tfjs-backend-wasm'),
  }
}

function installedVersion(name: string): string {
  return versionIn(createRequire(import.meta.url).resolve(`${name}/package.json`))
}
