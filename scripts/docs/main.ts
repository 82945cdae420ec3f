import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { nodeHost } from '../../src/compiler/modules/node-host.js'
import { standardPrefix } from '../../src/compiler/modules/host.js'
import { stdReference } from './std-reference.js'

/** `npm run docs`: writes the pages that are made from the sources. */
const host = nodeHost()
const modules = host.list(standardPrefix).map((path) => ({ path, text: host.read(path) ?? '' }))
const page = fileURLToPath(new URL('../../../docs/std.md', import.meta.url))
writeFileSync(page, stdReference(modules))
