import { Failure } from '../../../../ir/failure.js'
import type { ScheduleComponent } from './schedule.js'

/** `from * rate ^ t`, where t counts the epochs that are done, or the steps. */
export const exponential: ScheduleComponent = (read) => {
  const from = read.number('from', { least: 0 })
  const rate = read.number('rate', { above: 0 })
  const per = read.has('per') ? read.text('per') : 'epoch'
  if (per !== 'epoch' && per !== 'step') {
    const help = 'Write `per epoch` or `per step`.'
    throw new Failure(
      'NAS7502',
      `\`per\` of \`exponential\` in \`${read.clause}\` is ${per}; it must be epoch or step.`,
      help,
    )
  }
  return { at: ({ epoch, step, steps }) => from * rate ** (per === 'epoch' ? epoch : epoch * steps + step) }
}
