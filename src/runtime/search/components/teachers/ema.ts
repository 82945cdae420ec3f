import type { TeacherComponent } from './teacher.js'

/**
 * Weights that are moving averages: momentum times what they were, and the rest of what the supernet has (Tarvainen and Valpola,
 * Mean teachers, NeurIPS 2017, eq. 1; of the active path alone as in Peng et al., Pi-NAS, ICCV 2021).
 */
export const ema: TeacherComponent = (read) => {
  const momentum = read.number('momentum', { least: 0, most: 1 })
  return {
    followsStep: read.word('of', ['all', 'active_path']) === 'all',
    emission: {
      key: `ema ${String(momentum)}`,
      emit({ builder, own, followed }) {
        builder.emit('moving_average', [own, followed], { momentum: 1 - momentum, factor: 1 })
      },
    },
  }
}
