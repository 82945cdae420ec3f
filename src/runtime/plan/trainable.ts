import type { VariableSpec } from './step-spec.js'

/** Whether a variable is one of those that training moves. */
export function isTrainable({ role }: VariableSpec, which: 'weights' | 'choices' | 'all'): boolean {
  switch (role) {
    case 'kernel':
    case 'bias':
    case 'scale':
    case 'shift':
      return which !== 'choices'
    case 'choice':
      return which !== 'weights'
    default:
      return false
  }
}
