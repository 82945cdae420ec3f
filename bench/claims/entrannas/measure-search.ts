import { parseArgs } from 'node:util'
import { compile } from '../../../src/compiler/index.js'
import { nodeHost } from '../../../src/compiler/modules/node-host.js'
import { run } from '../../../src/runtime/index.js'

/**
 * Runs in a process of its own: a search of `cost.nas`; prints the processor time of its epochs, planning and the compiler of JavaScript
 * among them. What comes before and after is left out.
 */
const { values } = parseArgs({
  options: { search: { type: 'string' }, seed: { type: 'string', default: '0' }, out: { type: 'string' } },
})
const { value: ir, diagnostics } = compile('bench/claims/entrannas/cost.nas', nodeHost())
if (ir === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'))
let started: NodeJS.CpuUsage | undefined
let seconds: number | undefined
await run(ir, {
  ...(values.search === undefined ? {} : { search: values.search }),
  ...(values.out === undefined ? {} : { out: values.out }),
  ...{ scale: 'short', seed: Number(values.seed), backend: 'wasm', threads: 1 },
  observe(event) {
    if (!('phase' in event) || event.phase !== 'search') return
    if (event.type === 'phase-started') started = process.cpuUsage()
    if (event.type === 'phase-epoch') {
      const { user, system } = process.cpuUsage(started)
      seconds = (user + system) / 1e6
    }
  },
})
if (started === undefined || seconds === undefined) throw new Error('nothing was searched')
console.log(JSON.stringify({ seconds }))
process.exit(0)
