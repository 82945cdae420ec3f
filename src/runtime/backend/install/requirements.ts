import { existsSync, mkdirSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import process from 'node:process'
import { Failure } from '../../../catalogue/failure.js'
import { formatBytes } from '../../../support/format-quantity.js'
import { runCommand } from '../../../support/node/run-command.js'

/** What this machine is like, as far as the installation asks. */
export interface Machine {
  readonly platform: string
  readonly nodeVersion: string
  readonly glibc: boolean
}

export function thisMachine(): Machine {
  return { platform: process.platform, nodeVersion: process.version, glibc: hasGlibc() }
}

/** @throws Failure NAS7010, NAS7011, NAS7012 where TensorFlow cannot run */
export function demandMachine({ platform, nodeVersion, glibc }: Machine): void {
  if (platform !== 'linux') throw new Failure('install-needs-linux', { platform })
  const major = Number(/^v(\d+)/.exec(nodeVersion)?.[1])
  if (major > 22) throw new Failure('install-needs-older-node', { version: nodeVersion })
  if (!glibc) throw new Failure('install-needs-glibc', {})
}

/** @throws Failure NAS7013 without a compiler or make */
export async function demandCompiler(): Promise<void> {
  const compiler = process.env['CXX'] ?? 'g++'
  for (const tool of [compiler, 'make']) {
    const [command = tool, ...args] = tool.split(' ')
    const { code } = await runCommand(command, [...args, '--version'])
    if (code !== 0) throw new Failure('install-needs-compiler', { tool })
  }
}

/** The command that starts Python 3. @throws Failure NAS7014 if there is none */
export async function findPython(): Promise<string> {
  for (const command of ['python3', 'python']) {
    const { code } = await runCommand(command, ['-c', 'import sys; sys.exit(sys.version_info < (3, 8))'])
    if (code === 0) return command
  }
  throw new Failure('install-needs-python', {})
}

/** Makes the folder. @throws Failure NAS7015 if its disk has too little room */
export async function demandSpace(folder: string, bytes: number): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize < bytes) throw diskTooFull(folder, bytes, bavail * bsize)
}

export function diskTooFull(folder: string, needed: number, free: number): Failure {
  return new Failure('install-needs-space', { folder, needed: formatBytes(needed), free: formatBytes(free) })
}

function hasGlibc(): boolean {
  if (process.platform !== 'linux') return false
  // musl's loader has its name in the path; the report of Node names the version of glibc.
  const report: unknown = process.report.getReport()
  if (typeof report !== 'object' || report === null || !('header' in report))
    return existsSync('/lib64/ld-linux-x86-64.so.2')
  const { header } = report
  return typeof header === 'object' && header !== null && 'glibcVersionRuntime' in header
}
