import { describe, expect, it } from 'vitest'
import { decisionsByPath, sharedMembers } from '../../../src/analysis/index.js'
import { resolveParams } from '../../../src/space/index.js'
import { unmetConstraints } from '../../../src/analysis/queries/unmet.js'
import type { Decision } from '../../../src/space/decisions/decision.js'
import type { Ir } from '../../../src/ir/model/ir.js'
import { createRandom, type Random } from '../../../src/runtime/random/random.js'
import { enumerated } from '../../support/enumerated-spaces.js'
import { compiledText } from '../../support/programs.js'

/** One part of a space, as it may be written. */
const parts = {
  width: ['one of {4, 6}', 'one of {6, 8, 4}', 'one of {4, 8}'],
  depth: ['one of 0..2', 'one of {1, 2}', '2', 'one of {2, 3}'],
  layer: ['one of { block(1), block(3) }', 'one of { block(3), identity }', 'block(one of {1, 3})', 'block(3)'],
  from: ['any 1 of earlier', 'any 1.. of earlier', 'all of earlier'],
  test: [
    '',
    'require macs <= 1G',
    'require macs <= 9k',
    'require macs >= 8k and parameters <= 400',
    'require s.depth == 2 or s.width == 4',
    'require s.width != 4',
    'require macs <= 30 * parameters',
    'require count(identity in s) <= 1',
  ],
} as const

function spaceOf(random: Random): string {
  const pick = (name: keyof typeof parts): string => parts[name][random.integer(parts[name].length)] ?? ''
  const width = pick('width')
  const [layer, depth] = [pick('layer'), pick('depth')]
  const test = pick('test')
  const isMeant =
    (!test.includes('s.depth') || depth.includes('2')) && (!test.includes('identity') || layer.includes('identity'))
  return `import { conv, global_pool, identity, linear } from std:nn
op block(kernel: int) = conv(channels, kernel)
cell c(x) { node n[1..2] { from ${pick('from')}; through identity; merge sum }; output sum(n) }
space t {
  input image(4, 4, 2)
  classes 3
  cell u = c
  network {
    stem conv(4, 3)
    stack 1 of u, channels 4
    stage s { width ${width}; depth ${depth}; layer ${layer} }
    head global_pool -> linear(classes)
  }
  ${isMeant ? test : ''}
}`
}

/** Every architecture as text, without what leaves nothing to choose. */
function membersOf(ir: Ir): ReadonlySet<string> {
  const params = resolveParams(ir, {})
  const decisions = decisionsByPath(ir, 't', { params })
  const members = enumerated(ir, 't').filter(
    ({ architecture }) => unmetConstraints(ir, architecture, params).length === 0,
  )
  return new Set(
    members.map(({ architecture }) => {
      const taken = Object.entries(architecture.decisions).flatMap(([path, options]) => {
        const decision = decisions.get(path)
        const isSettled = decision === undefined || (decision.arity?.least ?? 1) === decision.options.length
        return isSettled ? [] : [`${path}: ${options.map((option) => decision.options[option] ?? '').join()}`]
      })
      return taken.sort().join('; ')
    }),
  )
}

function compiled(text: string): Ir | undefined {
  try {
    return compiledText(text)
  } catch {
    return undefined
  }
}

function decisionsIn(ir: Ir, isMeant: (decision: Decision) => boolean): ReadonlySet<string> {
  const all = [...decisionsByPath(ir, 't', { params: {} }).values()]
  return new Set(all.filter(isMeant).map(({ path }) => path))
}

/** A space with all that is in it. */
function opened(text: string): readonly Opened[] {
  const ir = compiled(text)
  if (!ir) return []
  const open = decisionsIn(ir, ({ options, arity }) => (arity?.least ?? 1) < options.length)
  return [{ text, ir, members: membersOf(ir), open, all: decisionsIn(ir, () => true) }]
}

interface Opened {
  readonly text: string
  readonly ir: Ir
  readonly members: ReadonlySet<string>
  /** Paths of decisions that leave something to choose. */
  readonly open: ReadonlySet<string>
  readonly all: ReadonlySet<string>
}

describe('what two spaces have in common', () => {
  it('is what enumeration finds in both', () => {
    const random = createRandom(5).stream('spaces')
    const spaces = Array.from({ length: 14 }, () => spaceOf(random)).flatMap(opened)
    let compared = 0
    for (const one of spaces) {
      for (const two of spaces) {
        const found = sharedMembers(asked(one), asked(two))
        expect([found?.first, found?.second]).toEqual([BigInt(one.members.size), BigInt(two.members.size)])
        // Where one of them names a decision that leaves the other one nothing to choose, texts do not compare.
        const isAlike = (here: Opened, there: Opened): boolean =>
          [...here.open].every((path) => there.all.has(path) === there.open.has(path))
        if (!isAlike(one, two) || !isAlike(two, one)) continue
        const shared = [...one.members].filter((member) => two.members.has(member)).length
        expect(found?.shared, `${one.text}\n${two.text}`).toBe(BigInt(shared))
        compared += 1
      }
    }
    expect(compared).toBeGreaterThan(20)
  })
})

function asked({ ir }: Opened): Parameters<typeof sharedMembers>[0] {
  return { ir, space: 't', options: { params: {} } }
}
