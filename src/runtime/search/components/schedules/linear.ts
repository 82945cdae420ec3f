import type { TrainingPosition } from '../../../training/training-position.js'
import { progress, type ScheduleComponent } from './schedule.js'

/**
 * `from + (to - from) t` with t the progress. With `last`, the line is at `to` that many epochs early; from the value of the
 * epoch before, it goes to `to` once more over these epochs, as in the code of PC-DARTS (Xu et al., ICLR 2020).
 */
export const linear: ScheduleComponent = (read) => {
  const { from, to } = read.span('range', { least: 0 })
  const smooth = read.has('smooth') && read.boolean('smooth')
  const last = read.has('last') ? read.number('last', { least: 0, integer: true }) : 0
  const left = (position: TrainingPosition): number => {
    const line = position.epochs - last
    // A training that is all last epochs has one line.
    if (last === 0 || line <= 0) return 1 - progress(position, smooth)
    return position.epoch < line ? 1 - position.epoch / line : (position.epochs - position.epoch) / last / line
  }
  return { at: (position) => to + (from - to) * left(position) }
}
