import { parseArgs } from 'node:util'
import { nodeHost } from '../../src/compiler/modules/node-host.js'
import { createRandom } from '../../src/runtime/random/random.js'
import { recordedDraws, replayedDraws } from '../../test/brute-force/draws.js'
import { examine } from '../../test/brute-force/examine.js'
import { programOf } from '../../test/brute-force/generator/program.js'
import { minimisedDraws } from '../../test/brute-force/minimise.js'

/**
 * `npm run brute-force -- --count 50000 --seed 1`: random small programs, of which every architecture is built, against what
 * the analysis says of them. Prints each difference with the smallest program found that shows it; exit code 1 if there is one.
 * `--show INDEX` prints one program.
 */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    show: { type: 'string' },
  },
})
const standard = nodeHost()
const root = createRandom(Number(values.seed), 'brute-force')

if (values.show === undefined) compareAll()
else process.stdout.write(programOf(recordedDraws(root.stream(values.show))).text)

function compareAll(): void {
  const started = performance.now()
  const first = Number(values.from)
  const end = first + Number(values.count)
  const tally = new Map<string, number>()
  const kinds = new Set<string>()
  for (let index = first; index < end; index++) {
    const draws = recordedDraws(root.stream(String(index)))
    const outcome = examine(programOf(draws), standard)
    const label =
      outcome.kind === 'agrees'
        ? outcome.architectures > 1
          ? 'agrees'
          : 'agrees, one or none'
        : outcome.kind === 'differs'
          ? outcome.kind
          : `${outcome.kind}: ${outcome.why}`
    tally.set(label, (tally.get(label) ?? 0) + 1)
    if (outcome.kind !== 'differs') continue
    const kind = kindOf(outcome.what)
    if (kinds.has(kind)) continue
    kinds.add(kind)
    process.stdout.write(`\nprogram ${index} of seed ${values.seed}: ${outcome.what}\n`)
    printSmallest(draws.taken, kind)
  }
  const seconds = (performance.now() - started) / 1000
  process.stdout.write(`\nseed ${values.seed}, programs ${first} to ${end - 1}, ${seconds.toFixed(0)} s\n`)
  for (const [label, count] of [...tally].sort(([, a], [, b]) => b - a))
    process.stdout.write(`${String(count).padStart(7)} ${label}\n`)
  process.exitCode = tally.has('differs') ? 1 : 0
}

/** What was compared, and what was said in words without names and numbers. */
function kindOf(what: string): string {
  return what.split('\n', 1)[0]?.replace(/[\w.[\]]*\d[\w.[\]]*/g, '#') ?? ''
}

function printSmallest(taken: readonly number[], kind: string): void {
  const smallest = minimisedDraws(taken, (draws) => {
    const outcome = examine(programOf(replayedDraws(draws)), standard)
    return outcome.kind === 'differs' && kindOf(outcome.what).split(':')[0] === kind.split(':')[0]
  })
  const program = programOf(replayedDraws(smallest))
  const outcome = examine(program, standard)
  const set = Object.entries(program.set).map(([name, value]) => ` --set ${name}=${String(value)}`)
  process.stdout.write(
    `  the smallest of its kind${set.join('')}: ${outcome.kind === 'differs' ? outcome.what : outcome.kind}\n`,
  )
  process.stdout.write((outcome.kind === 'differs' ? outcome.text : program.text).replace(/^/gm, '    '))
}
