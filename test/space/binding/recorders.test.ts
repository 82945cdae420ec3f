import { describe, expect, it } from 'vitest'
import { reachedDecisions } from '../../../src/space/binding/reached-decisions.js'
import { createRecorder } from '../../../src/space/binding/recorder.js'
import { steeringDecisions } from '../../../src/space/binding/steering-decisions.js'
import type { Decision } from '../../../src/space/decisions/decision.js'

const decision = (path: string): Decision => ({ path, kind: path, options: ['a', 'b'] })

/** What an outer recording holds that has an inner one in its middle. */
function outerItems(hands: Parameters<typeof createRecorder>[0]): readonly string[] {
  const recorder = createRecorder<string>(hands)
  recorder.add('outside of all')
  return recorder.record(() => {
    recorder.add('before')
    expect(recorder.record(() => recorder.add('inner')).items).toEqual(['inner'])
    recorder.add('behind')
  }).items
}

describe('a recording', () => {
  it('holds what an inner one holds only where that is handed on', () => {
    expect(outerItems('on to the outer')).toEqual(['before', 'inner', 'behind'])
    expect(outerItems('inner only')).toEqual(['before', 'behind'])
  })

  it('ends where what is recorded throws', () => {
    const recorder = createRecorder<string>('inner only')
    const { items } = recorder.record(() => {
      expect(() =>
        recorder.record(() => {
          throw new Error('lost')
        }),
      ).toThrow('lost')
      recorder.add('behind')
    })
    expect(items).toEqual(['behind'])
  })
})

describe('reached decisions', () => {
  it('stand in each alternative in which they were reached, once', () => {
    const reached = reachedDecisions()
    reached.add(decision('width'))
    for (const option of [0, 1, 1])
      reached.inside('width', option, () => {
        reached.add(decision('depth'))
      })
    expect([...reached.all()].map(([path, { contexts }]) => [path, contexts])).toEqual([
      ['width', [[]]],
      ['depth', [[{ path: 'width', option: 0 }], [{ path: 'width', option: 1 }]]],
    ])
  })
})

describe('decisions that steer', () => {
  it('are those used for a value that says what is built', () => {
    const steering = steeringDecisions()
    steering.used(decision('width'))
    steering.measured()
    steering.within(() => {
      steering.used(decision('depth'))
    })
    expect(steering.found).toEqual(new Map([['depth', 1]]))
  })

  it('may be any once the size of a map says what is built', () => {
    const steering = steeringDecisions()
    steering.within(() => {
      steering.measured()
    })
    expect(steering.found).toBe('any')
  })
})
