// `npm run gen`: writes what follows from the grammar into grammar/generated/. The compiled grammar is used, and it is
// emitted even if the rest of the house does not fit its types yet.
import { join } from 'node:path'
import { node, root, tools } from './run-step.mjs'

await node(tools.tsc, '-p', '.')
const { writeNeighbours } = await import('../dist/grammar/generate.js')
writeNeighbours(join(root, 'grammar/generated'))
