import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { freemem, tmpdir } from 'node:os'
import { join } from 'node:path'
import pc from 'picocolors'
import { Failure } from '../../catalogue/failure.js'
import { commonOptions } from '../arguments/common-options.js'
import { defineCommand, noOperands } from '../command.js'
import { exitCode } from '../exit-code.js'
import { formatBytes } from '../../support/format-quantity.js'
import { packageVersion } from '../../support/node/package-root.js'
import { printJson } from '../output/print-failure.js'

export const command = defineCommand({
  operands: noOperands,
  describe: 'What this machine has, which backend will be used and why, which data are at hand, where nasc may write.',
  options: { json: commonOptions.json },
  examples: [
    ['doctor', 'everything, for people'],
    ['doctor --json', 'the same, to paste into a report'],
  ],
  async run(_operands, values, terminal) {
    const { inspectBackends } = await import('../../runtime/backend/inspect.js')
    const { findDataset } = await import('../../runtime/data/find-dataset.js')
    const { namedDatasets } = await import('../../runtime/data/named-datasets.js')
    const machine = inspectBackends()
    const data: Found[] = []
    for (const [name, { howToGet }] of Object.entries(namedDatasets)) {
      data.push(await look(name, howToGet, async () => (await findDataset(name, process.cwd())).listing.folder))
    }
    const folders = [writable('current folder', process.cwd()), temporaryFolder()]
    const report = { nasc: packageVersion(), ...machine, freeMemoryBytes: freemem(), data, folders }
    const healthy = machine.backends.some((backend) => backend.usable) && folders.every((folder) => folder.usable)
    if (values.json) {
      printJson(report, terminal)
      return healthy ? exitCode.fine : exitCode.findings
    }
    const colours = pc.createColors(terminal.outColour)
    const mark = (usable: boolean): string => (usable ? colours.green('yes') : colours.yellow('no '))
    const line = (name: string, text: string): void => terminal.out(`${colours.bold(name.padEnd(10))} ${text}\n`)
    line('nasc', report.nasc)
    line('Node', `${machine.node} on ${machine.platform}`)
    line('CPU', `${machine.cpu}, ${machine.cores} cores${machine.simd ? ', WebAssembly SIMD' : ''}`)
    line('memory', `${formatBytes(machine.memoryBytes)}, ${formatBytes(report.freeMemoryBytes)} free`)
    line('backend', `${machine.chosen}: ${machine.reason}`)
    for (const { name, usable, detail } of machine.backends) line('', `${mark(usable)} ${name.padEnd(14)} ${detail}`)
    if (machine.faster !== undefined) line('', `faster: ${machine.faster}`)
    line('data', '')
    for (const { name, usable, detail } of data) line('', `${mark(usable)} ${name.padEnd(14)} ${detail}`)
    line('writes', '')
    for (const { name, usable, detail } of folders) line('', `${mark(usable)} ${name.padEnd(14)} ${detail}`)
    return healthy ? exitCode.fine : exitCode.findings
  },
})

interface Found {
  readonly name: string
  readonly usable: boolean
  readonly detail: string
}

async function look(name: string, otherwise: string, find: () => Promise<string>): Promise<Found> {
  try {
    return { name, usable: true, detail: await find() }
  } catch (error) {
    if (error instanceof Failure) return { name, usable: false, detail: otherwise }
    throw error
  }
}

function writable(name: string, folder: string): Found {
  try {
    accessSync(folder, constants.W_OK)
    return { name, usable: true, detail: folder }
  } catch {
    return { name, usable: false, detail: `${folder} is not writable: runs need --out DIR` }
  }
}

function temporaryFolder(): Found {
  const name = 'temporary'
  try {
    rmSync(mkdtempSync(join(tmpdir(), 'nasc-doctor-')), { recursive: true })
    return { name, usable: true, detail: tmpdir() }
  } catch {
    return { name, usable: false, detail: `${tmpdir()} is not writable` }
  }
}
