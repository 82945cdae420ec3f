import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compile, type Compilation } from '../../src/compiler/index.js'
import { memoryHost } from '../../src/compiler/modules/memory-host.js'
import type { Host } from '../../src/compiler/modules/host.js'
import { nodeHost } from '../../src/compiler/modules/node-host.js'
import { refusalsOf } from '../../src/runtime/search/run/refusals.js'
import { ReadFailure } from '../../src/support/text-files.js'

/**
 * A program that something is to be said of: `test/cases/AREA/NAME/main.nas` with the modules beside it, and what the
 * compiler says, `diagnostics.txt`.
 */
export interface Case {
  readonly area: string
  readonly name: string
  readonly folder: string
  /** The `.nas` files of the folder, and the tables that they name. What `NAME.unreadable` says is why the module NAME cannot be read. */
  readonly host: Host
}

/** All cases of the repository. */
export function readCases(root: string): readonly Case[] {
  const standard = nodeHost()
  const all = join(root, 'test/cases')
  return foldersIn(all).flatMap((area) =>
    foldersIn(join(all, area)).map((name) => {
      const folder = join(all, area, name)
      return { area, name, folder, host: hostOf(folder, standard) }
    }),
  )
}

function foldersIn(path: string): readonly string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
}

function hostOf(folder: string, standard: Host): Host {
  const texts = (ending: string): Readonly<Record<string, string>> =>
    Object.fromEntries(
      readdirSync(folder)
        .filter((file) => file.endsWith(ending))
        .map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
    )
  const host = memoryHost({ ...texts('.nas'), ...texts('.csv') }, standard)
  const unreadable = texts('.unreadable')
  return {
    ...host,
    read(path) {
      const reason = unreadable[`${path}.unreadable`]
      if (reason !== undefined) throw new ReadFailure(reason)
      return host.read(path)
    },
  }
}

/** All that a check says of a program, and its IR where it has no error. */
export function checkProgram(entry: string, host: Host): Pick<Compilation, 'value' | 'diagnostics'> {
  const { value, diagnostics, diagnose } = compile(entry, host)
  return {
    value,
    diagnostics: value === undefined ? diagnostics : [...diagnostics, ...diagnose(refusalsOf(value, host))],
  }
}
