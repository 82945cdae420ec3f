import type { Scope } from './scope.js'
import { value } from './values.js'
import { chance, takesRoom, type Writer } from './writer.js'

/** An operation that a program may declare, and a call of it. */
interface Helper {
  readonly declaration: string
  readonly call: (writer: Writer, scope: Scope) => string
}

/** Operations with choices in their arguments and bodies, and with other operations as arguments. */
export const helpers: Readonly<Record<string, Helper>> = {
  block: {
    declaration: 'op block(kernel: int, expand: int = 1) = conv(in * expand) -> relu -> conv(channels, kernel)',
    call: (writer, scope) => `block(${value(writer, scope, 'kernel')})`,
  },
  act: {
    declaration: 'op act(kind: string) = if kind == "a" then relu else swish',
    call: (writer, scope) => `act(${value(writer, scope, 'mode')})`,
  },
  maybe: {
    declaration: 'op maybe(applied: bool) = if applied then conv(channels)',
    call: (writer, scope) => `maybe(${value(writer, scope, 'flag')})`,
  },
  pick: {
    declaration: 'op pick(kernel: int) = conv(channels, one of { 1, kernel + 2 })',
    call: (writer, scope) => `pick(${value(writer, scope, 'kernel', 1)})`,
  },
  inner: {
    declaration:
      'op inner(expand: int) = if expand > 3 then (conv(expand, one of { 1, 3 }) -> conv(channels)) else conv(channels)',
    call: (writer, scope) => `inner(${value(writer, scope, 'width')})`,
  },
  sized: {
    declaration: 'op sized(groups: int = 2) = conv(channels, groups: groups) -> channel_shuffle(groups)',
    call: () => 'sized',
  },
  wrapped: { declaration: 'op wrapped = relu -> conv(channels)', call: () => 'wrapped' },
  wrap: { declaration: 'op wrap(through: operation) = relu -> through', call: () => 'wrap(relu)' },
  around: {
    declaration: 'op around(body: operation, kernel: int = 1) = body -> conv(channels, kernel)',
    call: (writer, scope) => (takesRoom(writer, 2, scope.places) ? 'around(one of { relu, bn })' : 'around(bn, 3)'),
  },
  again: {
    declaration: 'op again(kernel: int) = conv(channels, one of { 1, kernel }) -> conv(channels, one of { 1, 3 })',
    call: (writer, scope) => `again(${value(writer, scope, 'kernel', 1)})`,
  },
  defaulted: {
    declaration:
      'op defaulted(kernel: int = one of { 1, 3 }, expand: int = kernel) = conv(in * expand, one of { 1, 3 }) -> conv(channels, kernel)',
    call: (writer, scope) => (chance(writer, 1, 3) ? `defaulted(${value(writer, scope, 'kernel', 1)})` : 'defaulted'),
  },
  eased: {
    declaration:
      'op eased(body: operation = one of { relu, conv(channels, one of { 1, 3 }) }) = body -> conv(channels, one of { 1, 3 })',
    call: (writer) => (chance(writer, 1, 3) ? 'eased(bn)' : 'eased'),
  },
  tapped: {
    declaration: [
      'extern op tapped(kernel: int = one of { 1, 3 }) {',
      '  weight kernel(in, kernel) init he_normal',
      '  macs   in * kernel * out.height * out.width',
      '}',
    ].join('\n'),
    call: (writer, scope) => (chance(writer, 1, 3) ? `tapped(${value(writer, scope, 'kernel', 1)})` : 'tapped'),
  },
  local: {
    declaration:
      'op local(kernel: int = 3) = conv(if in > 3 then channels else max(channels, in), if input.height > 4 then kernel else 1) -> conv(channels)',
    call: (writer, scope) => `local(${value(writer, scope, 'kernel', 1)})`,
  },
  counted: {
    declaration: [
      'extern op counted(groups: int = 1, bias: bool = false) {',
      '  require in % groups == 0 else "groups must divide the channels that arrive"',
      '  out     channels = in',
      '  weight  kernel(in / groups, groups) init he_normal',
      '  weight  bias(in) as bias init zeros when bias',
      '  macs    in * groups * out.height * out.width',
      '  cost    full = if bias then in else 0',
      '}',
    ].join('\n'),
    call: (writer, scope) => `counted(${value(writer, scope, 'kernel', 1)}, ${value(writer, scope, 'flag', 1)})`,
  },
  wide: {
    declaration: 'op wide(features: int, stride: int = 1) = conv(features, 3, stride) -> relu',
    call: (writer, scope) => `wide(${scope.keepsShape ? 'channels' : value(writer, scope, 'width')})`,
  },
}

/** How many architectures a call has beside what is chosen in its arguments. */
export const answersOfBody: Readonly<Record<string, number>> = {
  pick: 2,
  inner: 2,
  again: 4,
  defaulted: 4,
  eased: 6,
  tapped: 2,
}
