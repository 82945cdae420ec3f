import { Failure } from '../../../../catalogue/failure.js'
import type { ScheduleComponent } from './schedule.js'

/** `from * rate ^ t`, where t counts the epochs that are done, or the steps. */
export const exponential: ScheduleComponent = (read) => {
  const from = read.number('from', { least: 0 })
  const rate = read.number('rate', { above: 0 })
  const per = read.has('per') ? read.text('per') : 'epoch'
  if (per !== 'epoch' && per !== 'step') {
    throw new Failure(
      'wrong-argument',
      { argument: 'per', component: 'exponential', clause: read.clause, found: per, expected: 'epoch or step' },
      { help: 'Write `per epoch` or `per step`.' },
    )
  }
  return { at: ({ epoch, step, steps }) => from * rate ** (per === 'epoch' ? epoch : epoch * steps + step) }
}
