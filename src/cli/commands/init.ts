import { noSuchName } from '../arguments/no-such-name.js'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pc from 'picocolors'
import { Failure } from '../../catalogue/failure.js'
import { commonOptions } from '../arguments/common-options.js'
import { defineCommand } from '../command.js'
import { exitCode } from '../exit-code.js'
import { uninterrupted } from '../interruption.js'
import { printJson } from '../output/print-failure.js'
import { templates, type Template } from '../templates.js'

const { json } = commonOptions

export const command = defineCommand({
  operands: { text: '[DIR]', least: 0, most: 1 },
  describe:
    'Writes a space with a search that checks, counts, draws and runs, to be changed into your own; in DIR or the current\n' +
    'folder. A file that is there already is never overwritten.',
  options: {
    template: { kind: 'text', value: 'NAME', describe: 'Which one; cells without this' },
    list: { kind: 'flag', describe: 'Show the templates' },
    json,
  },
  examples: [
    ['init my-space', 'a space of cells, in the folder my-space'],
    ['init my-space --template mobile', 'stages of inverted residuals'],
    ['init --list', 'what there is'],
  ],
  async run([folder = '.'], values, terminal) {
    const all = templates()
    if (values.list) {
      if (values.json) printJson({ templates: all.map(({ name, about }) => ({ name, about })) }, terminal)
      else for (const { name, about } of all) terminal.out(`${name.padEnd(8)} ${about}\n`)
      return exitCode.fine
    }
    const template = templateNamed(values.template ?? 'cells', all)
    const paths = template.files.map((file) => ({ path: join(folder, file.name), text: file.text }))
    const taken = paths.find(({ path }) => existsSync(path))
    if (taken) {
      throw new Failure('file-exists', { path: taken.path })
    }
    await uninterrupted(terminal.interruption, () => {
      for (const { path, text } of paths) write(folder, path, text)
    })
    const written = paths.map(({ path }) => path)
    if (values.json) printJson({ template: template.name, files: written }, terminal)
    else {
      const colours = pc.createColors(terminal.outColour)
      for (const path of written) terminal.out(`${colours.green('wrote')} ${path}\n`)
      terminal.out(`Next: nasc check ${join(folder, 'space.nas')}\n`)
    }
    return exitCode.fine
  },
})

function templateNamed(name: string, all: readonly Template[]): Template {
  const found = all.find((template) => template.name === name)
  if (found) return found
  const names = all.map((template) => template.name)
  throw noSuchName('template', name, names, 'nasc')
}

/** `wx`: fails where a file has come to be there in the meantime. */
function write(folder: string, path: string, text: string): void {
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(path, text, { flag: 'wx' })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Failure('cannot-write', { path, reason }, { help: 'Name another folder.' })
  }
}
