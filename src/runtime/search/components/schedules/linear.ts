import { progress, type ScheduleComponent } from './schedule.js'

/** `from + (to - from) t` with t the progress. */
export const linear: ScheduleComponent = (read) => {
  const { from, to } = read.span('range', { least: 0 })
  const smooth = read.has('smooth') && read.boolean('smooth')
  return { at: (moment) => from + (to - from) * progress(moment, smooth) }
}
