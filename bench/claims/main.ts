import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { root } from '../process.js'
import type { Claim, ClaimRecord } from './claim.js'
import { claims } from './claims.js'
import { tableOf, writePage } from './page.js'

/** `npm run claims -- PAPER [CLAIM…] [--seeds 3] [--json FILE] [--write]`. */
const usage = 'npm run claims -- PAPER [CLAIM…] [--seeds N] [--json FILE] [--write]'
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '3' },
    json: { type: 'string' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
const [paper, ...names] = positionals
const papers = [...new Set(claims.map((claim) => claim.paper))]
const seeds = Array.from({ length: Number(values.seeds) }, (_, seed) => seed)

if (values.help) {
  console.log(`${usage}\n\nMeasures what a paper says; --write puts the table into docs/papers/PAPER.md.\n`)
  for (const claim of claims) console.log(`  ${claim.paper} ${claim.name}: ${claim.says}`)
} else if (paper === undefined || !papers.includes(paper)) {
  refuse(`${usage}\nPAPER is one of: ${papers.join(', ')}`)
} else if (seeds.length === 0) {
  refuse(`'${values.seeds}' is not a number of seeds`)
} else if (values.write && names.length > 0) {
  refuse('--write puts all claims of a paper into its page: name none of them')
} else {
  await measureAll(paper, claimsOf(paper))
}

function claimsOf(paper: string): readonly Claim[] {
  const own = claims.filter((claim) => claim.paper === paper)
  const unknown = names.filter((name) => !own.some((claim) => claim.name === name))
  if (unknown.length > 0) {
    refuse(`${paper} has no claim called ${unknown.join(', ')}; there are: ${own.map(({ name }) => name).join(', ')}`)
  }
  return names.length === 0 ? own : own.filter(({ name }) => names.includes(name))
}

async function measureAll(paper: string, chosen: readonly Claim[]): Promise<void> {
  const records: ClaimRecord[] = []
  for (const claim of chosen) {
    const { name, says, setting } = claim
    console.error(`${name}: ${says}`)
    const started = performance.now()
    const outcome = await claim.measure({ seeds, progress: (line) => console.error(`  ${line}`) })
    const seconds = (performance.now() - started) / 1000
    records.push({ paper, name, says, setting, seeds, seconds, ...outcome })
    console.error(`  ${outcome.holds ? 'holds' : 'does not hold'}, ${seconds.toFixed(0)} s`)
  }
  console.log(tableOf(records))
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(records, undefined, 2)}\n`)
  if (values.write) await writePage(`${root}/docs/papers/${paper}.md`, records)
}

function refuse(why: string): never {
  console.error(why)
  process.exit(2)
}
