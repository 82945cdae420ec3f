import type { ObjectiveComponent } from './objective.js'

/**
 * Cross-entropy with the softmax of another pass of the step, both at one temperature, in place of labels (Yu and Huang,
 * ICCV 2019, section 3.2: in-place distillation). Nothing at the pass that it distils from.
 */
export const distill: ObjectiveComponent = (read) => {
  const temperature = read.number('temperature', { above: 0 })
  const teacher = read.component('from')
  return {
    teacher,
    emission: {
      key: `distill ${teacher.component} ${String(temperature)}`,
      emit({ builder, logits, reads }) {
        const targets = builder.one('softmax', [reads(teacher.component)], { temperature })
        const [value] = builder.emit('soft_cross_entropy', [logits, targets], { temperature })
        if (value === undefined) throw new Error('a cross-entropy has a value')
        return { value, figures: {} }
      },
    },
  }
}
