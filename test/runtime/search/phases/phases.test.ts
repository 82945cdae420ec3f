import { expect, it } from 'vitest'
import { phaseName } from '../../../../src/runtime/search/phases/phase.js'
import { phasesOf } from '../../../../src/runtime/search/phases/phases.js'
import { resolveSettings } from '../../../../src/runtime/search/settings/settings.js'
import { searchIr } from '../../../support/search-ir.js'

it('retrains every architecture that was derived, or as many as `architectures` says, the best first', () => {
  const derived = ['derived', 'derived_2', 'derived_3']
  const architectures = derived.map((name) => ({ name, selected: {}, parameters: 1, macs: 1 }))
  const retrained = (settings: string): readonly string[] => {
    const block = 'width = 4, epochs 2, batch 8, cutout 2'
    const ir = settings === '' ? searchIr() : searchIr([block, `${block}${settings}`])
    const plan = resolveSettings(ir, { scale: 'tiny' })
    const phases = phasesOf({ plan }, { derive: { architectures } })
    return phases.map(phaseName).filter((name) => derived.some((each) => name.includes(each)))
  }
  expect(retrained('')).toEqual(derived.map((architecture) => phaseName({ phase: 'retrain', architecture })))
  expect(retrained(', architectures 2')).toEqual(retrained('').slice(0, 2))
  expect(retrained(', architectures 7')).toEqual(retrained(''))
})
