import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nodeHost } from '../../src/compiler/modules/node-host.js'
import { standardPrefix } from '../../src/compiler/modules/host.js'
import { readCases } from './cases.js'
import { commandReference } from './command-pages.js'
import { diagnosticPages } from './diagnostic-pages.js'
import { stdReference } from './std-reference.js'

/** `npm run docs`: writes the pages that are made from the sources. */
const host = nodeHost()
const modules = host.list(standardPrefix).map((path) => ({ path, text: host.read(path) ?? '' }))
const page = fileURLToPath(new URL('../../../docs/std.md', import.meta.url))
writeFileSync(page, stdReference(modules))

const root = fileURLToPath(new URL('../../../', import.meta.url))
const folder = join(root, 'docs/diagnostics')
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
for (const { name, text } of diagnosticPages(readCases(root))) writeFileSync(join(folder, name), text)

writeFileSync(join(root, 'docs/commands.md'), await commandReference())
