import type { typesCatalogue } from '../catalogue/types.js'
import type { ExplanationsOf } from './explanation.js'

export const typesExplanations: ExplanationsOf<typeof typesCatalogue> = {
  'wrong-type': {
    why: 'Every parameter, setting and clause takes values of one type. Nothing is converted silently but an integer to a real number.',
    mend: [
      ['2.5', '2'],
      ['f(true), f("3"), f(1.5), f({3, 5}), f(relu)', 'f(3), f(5)'],
      ['conv(8) -> 3', 'conv(8)'],
    ],
  },
  'unknown-argument': {
    why: 'A labelled argument names a parameter; the operation has none of this name.',
    mend: [['kernal', 'kernel']],
  },
  'missing-argument': {
    why: 'A parameter without a default must be given wherever the operation is applied.',
    mend: [
      ['depthwise ->', 'depthwise(3) ->'],
      ['sep_conv(stride: 2)', 'sep_conv(3, stride: 2)'],
    ],
  },
  'argument-twice': {
    why: 'Arguments without a label fill the parameters from the left; this one was filled already.',
    mend: [['conv(8, 3, kernel: 5)', 'conv(8, 3)']],
  },
  'too-many-arguments': {
    why: 'There are more arguments than parameters.',
    mend: [
      [', 4)', ')'],
      ['relu(3)', 'relu'],
    ],
  },
  'wrong-count': {
    why: 'Functions of numbers, such as `min` or `ceil`, take a fixed number of them, or at least one.',
    mend: [
      ['ceil(8, 2)', 'ceil(8 / 2)'],
      ['min()', 'min(4, 8)'],
    ],
  },
  'not-callable': {
    why: 'Only operations, components, cells and functions take arguments.',
    mend: [['width(3)', 'width']],
  },
  'unknown-type': {
    why: 'Types are few and fixed; the message suggests the nearest.',
    mend: [
      ['integer', 'int'],
      ['innt', 'int'],
    ],
  },
  'untyped-parameter': {
    why: 'A parameter takes its type from `name: type` or from its default. Only the inputs of a cell have neither: they are feature maps.',
    mend: [['op f(kernel)', 'op f(kernel: int)']],
  },
  'wrong-operands': {
    why: 'Arithmetic goes with numbers, `+` and `-` also with two sets, comparisons with two values of one kind.',
    mend: [
      ['3 + true', '3 + 1'],
      ['{ relu } - 3', '{ relu, bn } - { relu }'],
      ['3 == "3"', '3 == 3'],
      ['relu in { 1, 2 }', '1 in { 1, 2 }'],
    ],
  },
  'mixed-set': {
    why: 'A choice between unlike things would have no type. Integers beside real numbers are real numbers.',
    mend: [['{ 3, relu, 5 }', '{ 3, 5 }']],
  },
  'branches-differ': {
    why: 'Whichever branch is taken, the value must fit its place.',
    mend: [['else 3', 'else conv(3)']],
  },
  'missing-else': {
    why: 'Without `else`, an operation lets its input pass unchanged; no other type has a value that means nothing.',
    mend: [['if deep then 8', 'if deep then 8 else 4']],
  },
  'no-place': {
    why: '`in`, `channels`, `classes` and their like are known where an operation stands in a network. A param or a top-level value stands nowhere.',
    mend: [
      ['= channels', '= 16'],
      ['2 * in', '2 * width'],
    ],
  },
  'no-fields': {
    why: 'Only feature maps have fields: `height`, `width` and `channels`.',
    mend: [['width.height', 'width']],
  },
  'unknown-field': {
    why: 'A feature map has `height`, `width` and `channels`.',
    mend: [
      ['s0.heigth', 's0.height'],
      ['else relu_conv_bn }', 'else relu_conv_bn }\n  prepare s1 { relu_conv_bn }'],
    ],
  },
  'no-index': {
    why: 'An index picks a node out of a family, `n[2]`, or a layer of a stage.',
    mend: [['width[1]', 'width']],
  },
  'missing-value': {
    why: 'The word needs what it speaks of: `at 2/3`.',
    mend: [['auxiliary 0.4 at', 'auxiliary 0.4 at 2/3']],
  },
  'stray-words': {
    why: 'Words behind a component are its arguments by name, `best of 3 by batch_loss`; behind an argument they belong to the call around it.',
    mend: [
      ['sample 3 quickly', 'sample all'],
      ['0.1 quickly', '0.1'],
    ],
  },
  'unknown-scope': {
    why: 'A choice is made where it is written; `per` moves it outwards, to the layer, stage, cell or space around it.',
    mend: [[' per nod,', ',']],
  },
  'not-a-cell': {
    why: '`cell normal = …` in a space gives a name to a declared cell with its arguments; an operation is none.',
    mend: [['sep_conv(3)\n  network', 'block\n  network']],
  },
  'not-an-image': {
    why: 'The input of a space is a size of images, `image(32, 32, 3)` or `image(side, 3)`.',
    mend: [['input   8', 'input   image(8, 8, 3)']],
  },
  'unknown-merge': {
    why: 'Several inputs become one by `sum`, `concat` or `multiply`.',
    mend: [['merge add', 'merge sum']],
  },
  'unsupported-output': {
    why: 'A cell gives one merged feature map, `concat(n)` or `sum(a, b)`, to which maps may be added through an operation.',
    mend: [['3 + concat(n)', 'concat(n)']],
  },
  'override-unknown': {
    why: '`stride on s0, s1` gives an argument to the operation on these edges, so every candidate must have the parameter.',
    mend: [['{ skip, relu_conv_bn }', '{ skip, sep_conv(3) }']],
  },
  'unknown-rule-part': {
    why: 'Rules of a primitive speak of a size (`height`, `width`, `channels`), a role of weights and an initialisation that the runtime knows.',
    mend: [
      ['hight', 'height'],
      ['kernl', 'kernel'],
      ['he_norml', 'he_normal'],
    ],
  },
  'rules-without-operation': {
    why: 'Shapes, weights and costs are facts of operations. A component of a search has parameters only.',
    mend: [[' {\n  require size > 3\n}', '']],
  },
  'no-value': {
    why: 'A `let` names numbers, truth values, strings, sets and operations. Feature maps and image sizes belong to their places.',
    mend: [
      ['  let maps = { s0, s1 }\n  let same = s0 == s1\n', ''],
      ['  let size = image(8, 8, 3)\n', ''],
    ],
  },
  'member-without': {
    why: 'A set of operations with an argument means each of them with that argument, so each must have the parameter.',
    mend: [
      ['3), relu }', '3), conv(channels, 5) }'],
      ['stride: true', 'stride: 2'],
    ],
  },
  'unnamed-argument': {
    why: 'The operations of a set may have their parameters in different orders: only the name says which is meant.',
    mend: [['convs(2)', 'convs(dilation: 2)']],
  },
  shape: {
    why: 'Every space is built once before anything is trained, and every shape in it must fit. The message shows the shapes that disagree and the path of the place.',
    mend: [['sum(conv(8), conv(16))', 'sum(conv(8), conv(8))']],
  },
}
