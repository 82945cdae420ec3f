import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import envPaths from 'env-paths'
import { addonIn } from '../tensorflow/load.js'

/** The packages of tfjs that hold the addon, the better one first. Their addons are built from the same source. */
export const addonPackages = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const

/** What the last step of an installation writes: it is whole if this is there. */
export interface InstallationRecord {
  readonly format: 1
  /** Version of the tfjs package. */
  readonly tfjs: string
  readonly tensorflow: string
  /** Whether it was built from a TensorFlow with CUDA. */
  readonly gpu: boolean
  /** Where TensorFlow came from: a wheel's file name or a folder. */
  readonly source: string
  readonly node: string
  readonly bytes: number
  /** Milliseconds of one training step of a cell of the DARTS supernet when it was installed. */
  readonly trial: Trial
}

export interface Trial {
  readonly threads: number
  readonly tensorflowMs: number
  /** Null where the wasm kernels were not at hand. */
  readonly wasmMs: number | null
}

/** A native TensorFlow that can be loaded. */
export interface Installation {
  readonly packageFolder: string
  readonly origin: 'installed by nasc' | 'package of the project'
  readonly gpu: boolean
  /** Of those that nasc installed. */
  readonly record?: InstallationRecord
}

/** Folder of the user that holds backends: `$XDG_DATA_HOME/nasc/backends` and its like on other systems. */
export function backendsFolder(): string {
  return join(envPaths('nasc', { suffix: '' }).data, 'backends')
}

export function tensorflowFolder(): string {
  return join(backendsFolder(), 'tensorflow')
}

/** What nasc installed comes first, then what the project depends on. Loads nothing. */
export function findTensorflow(): Installation | undefined {
  return installedByNasc() ?? packageOfProject()
}

function installedByNasc(): Installation | undefined {
  const record = readRecord(tensorflowFolder())
  if (record === undefined) return undefined
  const packageFolder = join(tensorflowFolder(), 'node_modules', '@tensorflow', 'tfjs-node-gpu')
  if (addonIn(packageFolder) === undefined) return undefined
  return { packageFolder, origin: 'installed by nasc', gpu: record.gpu, record }
}

function packageOfProject(): Installation | undefined {
  const require = createRequire(import.meta.url)
  for (const name of addonPackages) {
    try {
      const packageFolder = dirname(require.resolve(`${name}/package.json`))
      if (addonIn(packageFolder) !== undefined) {
        return { packageFolder, origin: 'package of the project', gpu: name.endsWith('-gpu') }
      }
    } catch {
      // Not installed: optional.
    }
  }
  return undefined
}

export const recordName = 'installation.json'

/** The record of a whole installation in a folder. One that cannot be read counts as none: it is built anew. */
export function readRecord(folder: string): InstallationRecord | undefined {
  const path = join(folder, recordName)
  if (!existsSync(path)) return undefined
  try {
    const record: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return isRecord(record) ? record : undefined
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is InstallationRecord {
  return (
    typeof value === 'object' &&
    value !== null &&
    'format' in value &&
    value.format === 1 &&
    'tfjs' in value &&
    'tensorflow' in value &&
    'gpu' in value &&
    'trial' in value &&
    typeof value.trial === 'object' &&
    value.trial !== null &&
    'tensorflowMs' in value.trial
  )
}
