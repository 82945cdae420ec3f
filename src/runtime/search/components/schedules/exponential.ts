import type { ScheduleComponent } from './schedule.js'

/** `from * rate ^ t`, where t counts the epochs that are done, or the steps. */
export const exponential: ScheduleComponent = (read) => {
  const from = read.number('from', { least: 0 })
  const rate = read.number('rate', { above: 0 })
  const per = read.has('per') ? read.word('per', ['epoch', 'step']) : 'epoch'
  return { at: ({ epoch, step, steps }) => from * rate ** (per === 'epoch' ? epoch : epoch * steps + step) }
}
