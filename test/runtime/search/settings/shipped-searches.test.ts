import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Failure } from '../../../../src/catalogue/failure.js'
import { seal } from '../../../../src/ir/seal/index.js'
import { resolveSettings } from '../../../../src/runtime/search/settings/settings.js'
import { loweredText } from '../../../support/lowered-searches.js'

const names = readdirSync('spaces').filter((name) => name.endsWith('.nas'))
const texts = Object.fromEntries(names.map((name) => [name, readFileSync(`spaces/${name}`, 'utf8')]))

function codeOfRefusal(action: () => unknown): string | undefined {
  try {
    action()
    return undefined
  } catch (error) {
    if (error instanceof Failure) return error.code
    throw error
  }
}

describe.each(names)('searches of spaces/%s', (name) => {
  const { ir, diagnostics } = loweredText(texts[name] ?? '', texts)
  if (ir === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'))
  const isAvailable = diagnostics.every(({ slug }) => slug !== 'not-available')
  const sealed = seal(ir)
  const scaled = ir.searches.flatMap(({ name: search, scales }) =>
    Object.keys(scales).map((scale) => ({ search, scale })),
  )

  it('have a plan in every scale where check warns of nothing, and are refused for that alone otherwise', () => {
    for (const request of scaled) {
      const code = codeOfRefusal(() => resolveSettings(sealed, request))
      if (isAvailable) expect([request, code]).toEqual([request, undefined])
      else expect([undefined, 'NAS7501', 'NAS7519']).toContain(code)
    }
  })
})
