import { progress, type ScheduleComponent } from './schedule.js'

/** `to + (from - to) (1 + cos(pi t)) / 2` with t the progress (Loshchilov and Hutter, SGDR, ICLR 2017, eq. 5). */
export const cosine: ScheduleComponent = (read) => {
  const { from, to } = read.span('range', { least: 0 })
  const smooth = read.has('smooth') && read.boolean('smooth')
  return { at: (position) => to + ((from - to) * (1 + Math.cos(Math.PI * progress(position, smooth)))) / 2 }
}
