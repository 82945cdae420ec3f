import { progress, type Moment, type ScheduleComponent } from './schedule.js'

/**
 * `from + (to - from) t` with t the progress. With `last`, the line is at `to` that many epochs early; from the value of the
 * epoch before, it goes to `to` once more over these epochs, as in the code of PC-DARTS (Xu et al., ICLR 2020).
 */
export const linear: ScheduleComponent = (read) => {
  const { from, to } = read.span('range', { least: 0 })
  const smooth = read.has('smooth') && read.boolean('smooth')
  const last = read.has('last') ? read.number('last', { least: 0, integer: true }) : 0
  const left = (moment: Moment): number => {
    const line = moment.epochs - last
    // A training that is all last epochs has one line.
    if (last === 0 || line <= 0) return 1 - progress(moment, smooth)
    return moment.epoch < line ? 1 - moment.epoch / line : (moment.epochs - moment.epoch) / last / line
  }
  return { at: (moment) => to + (from - to) * left(moment) }
}
