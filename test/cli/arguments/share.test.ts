import { describe, expect, it } from 'vitest'
import { readShare } from '../../../src/cli/arguments/share.js'
import { failureOf } from '../../support/failures.js'

describe('a share', () => {
  it.each([
    ['95%', 0.95],
    ['99.5 %', 0.995],
    ['0.9', 0.9],
    ['.5', 0.5],
  ])('%s is %d', (text, share) => {
    expect(readShare('confidence', text)).toBeCloseTo(share, 12)
  })

  it.each(['95', '0', '0%', '100%', '1', 'much', '-5%', '', '5%%'])('%s is none', async (text) => {
    expect(await failureOf(() => readShare('confidence', text))).toMatchObject({ code: 'NAS8004' })
  })
})
