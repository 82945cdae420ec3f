import { ComparisonOperator, ComponentWord, Connective, keyword, StagePropertyWord } from './token-factory.js'

const reserved = { reserved: true } as const
const connective = { reserved: true, categories: [Connective] } as const

// Declarations
export const Import = keyword('import', 'declaration', 'Makes the names of another module known here.', reserved)
export const Param = keyword('param', 'declaration', 'A constant that the command line may set.', reserved)
export const Let = keyword('let', 'declaration', 'Names a value; a choice inside it is made once.', reserved)
export const Op = keyword('op', 'declaration', 'An operation, written as a pipeline of others.', reserved)
export const Extern = keyword('extern', 'declaration', 'Declares what the runtime implements.', reserved)
export const Cell = keyword('cell', 'declaration', 'A small graph of nodes that is used several times.', reserved)
export const Space = keyword('space', 'declaration', 'A search space: input, cells, network.', reserved)
export const Search = keyword('search', 'declaration', 'How the open choices of a space are decided.', reserved)
export const Settings = keyword('settings', 'declaration', 'Settings with a name, for `retrain` and `scale`.', reserved)
export const Architecture = keyword('architecture', 'declaration', 'A space with every choice bound.', reserved)
export const From = keyword('from', 'member', 'The module of an import; the inputs of a node.')
export const As = keyword('as', 'member', 'Another name for what is imported; the role of a weight.')
export const Of = keyword(
  'of',
  'operator',
  'Stands before the set or the thing that a choice or part belongs to.',
  connective,
)
export const Where = keyword('where', 'member', 'Rewrites parts of a space.', reserved)
export const Like = keyword(
  'like',
  'member',
  '`search b of s like a`: all clauses of `a` but those that are written anew.',
)

// Rules of primitives
export const Require = keyword('require', 'member', 'What must hold.', reserved)
export const Every = keyword('every', 'member', '`require every node is reached and used`: a rule over all nodes.')
export const Is = keyword('is', 'member', '`require every node is …`.')
export const Out = keyword('out', 'member', 'The output shape of a primitive operation.')
export const Weight = keyword('weight', 'member', 'A weight of a primitive operation: its shape, role and start.')
export const Init = keyword('init', 'member', 'The distribution that a weight starts from.')
export const When = keyword('when', 'member', 'The condition under which a weight exists.', reserved)
export const Macs = keyword('macs', 'member', 'Multiply-accumulates of a primitive operation for one image.')
export const Cost = keyword('cost', 'member', 'What a convention counts beside the multiply-accumulates.')
export const Binds = keyword(
  'binds',
  'member',
  'How a relaxation binds choices (mix, mask, subsample, slice, sparse), and what a component says of that.',
)
export const Selects = keyword(
  'selects',
  'member',
  'The parameter of a derivation that says how many inputs a node keeps.',
)
export const Needs = keyword('needs', 'member', 'What must be there for a component of searches to mean something.')
export const Planned = keyword('planned', 'member', 'What the runtime does not have yet.')

// Cells
export const Prepare = keyword(
  'prepare',
  'member',
  'What happens to inputs of a cell before its nodes see them.',
  reserved,
)
export const Node = keyword('node', 'member', 'A node of a cell, or a family of them: `node n[1..4]`.', reserved)
export const Through = keyword('through', 'member', 'The operation on every edge into a node.')
export const Merge = keyword('merge', 'member', 'How the edges into a node are joined: sum, concat, multiply.')
export const Project = keyword('project', 'member', 'Brings inputs of the cell to the channels of the node.')
export const Output = keyword('output', 'member', 'What leaves the cell.')
export const Earlier = keyword('earlier', 'member', 'The inputs of the cell and all nodes before this one.')
export const All = keyword('all', 'operator', '`all of earlier`: every one of a set of inputs.')
export const Cross = keyword('x', 'operator', '`earlier x candidates`: every pair of an input and an operation.')
export const On = keyword(
  'on',
  'operator',
  'The inputs or the share of the data that something applies to.',
  connective,
)

// Spaces
export const Input = keyword('input', 'member', 'The input of the network: `image(height, width, channels)`.')
export const Classes = keyword('classes', 'member', 'The number of classes.')
export const Network = keyword('network', 'member', 'Stem, stacks or stages, and head.', reserved)
export const Stem = keyword('stem', 'member', 'The first layers; parts separated by `;` are all kept.')
export const Stack = keyword('stack', 'member', 'Cells one after the other, each reading the two before it.', reserved)
export const Stage = keyword('stage', 'member', 'Layers of one width; the first has the stride.', reserved)
export const Head = keyword('head', 'member', 'The last layers.')
export const Channels = keyword('channels', 'member', 'The channels of the cells of a stack.')
export const Doubled = keyword('doubled', 'member', '`doubled at reduction`: where the channels double.')
export const At = keyword('at', 'operator', 'A position, or the value of a named part.', connective)
const stageProperty = { categories: [StagePropertyWord] } as const
export const Width = keyword('width', 'member', 'The channels of a stage.', stageProperty)
export const Depth = keyword('depth', 'member', 'The number of layers of a stage.', stageProperty)
export const Stride = keyword('stride', 'member', 'The stride of the first layer of a stage.', stageProperty)
export const Layer = keyword('layer', 'member', 'The operation of every layer of a stage.', stageProperty)
export const First = keyword('first', 'member', 'The first layer of a stage, where it differs.', stageProperty)

// Searches
export const Relax = keyword('relax', 'clause', 'How open choices are evaluated inside the supernet.')
export const Temperature = keyword('temperature', 'clause', '`at temperature`: the sharpness of a relaxation.')
export const Cells = keyword('cells', 'clause', 'Which copies of a cell evaluate everything.')
export const Share = keyword('share', 'clause', 'What the copies of a cell or edge share.')
const component = { categories: [ComponentWord] } as const
export const Sample = keyword('sample', 'clause', 'Which architectures a step trains.', component)
export const Teacher = keyword('teacher', 'clause', 'What the supernet learns from beside the labels.', component)
export const Views = keyword('views', 'clause', 'How many views of an image are made, and by what.', component)
export const Score = keyword('score', 'clause', 'How a candidate is judged.', component)
export const Minimise = keyword('minimise', 'clause', 'The objective.')
export const Train = keyword('train', 'clause', 'Optimiser, schedule and data of a set of variables.')
export const Validate = keyword(
  'validate',
  'clause',
  '`validate on 10%`: training images by which architectures are judged.',
)
export const Derive = keyword('derive', 'clause', 'How the result is read off.')
export const Except = keyword('except', 'operator', 'What is left out.', connective)
export const Predictor = keyword('predictor', 'clause', 'A model of a cost, fitted to measurements.')
export const Retrain = keyword('retrain', 'clause', 'How the found network is trained from scratch.')
export const Scale = keyword('scale', 'clause', 'Named settings: `quick`, `paper`.')

// Architectures
export const With = keyword('with', 'operator', '`with cells = 20 expect …`: values of params.', connective)
export const Expect = keyword('expect', 'member', 'A cost that the architecture must have; `nasc check` proves it.')
export const Within = keyword('within', 'member', 'The relative tolerance of an expectation.')

// Expressions
export const One = keyword('one', 'operator', '`one of { … }`: an open choice of one option.')
export const Any = keyword(
  'any',
  'operator',
  '`any 2 of …`, `any 1.. of …`: an open choice of several options.',
  reserved,
)
export const Per = keyword('per', 'operator', 'The scope in which a choice is made: `per stage`.', reserved)
export const By = keyword('by', 'operator', 'The means: `through by softmax`.', connective)
export const If = keyword('if', 'operator', '`if test then a else b`; without `else`, the identity.', reserved)
export const Then = keyword('then', 'operator', '`if test then a else b`.', reserved)
export const Else = keyword('else', 'operator', '`if test then a else b`.', reserved)
export const For = keyword('for', 'operator', '`{ for k in { 3, 5 }: op(k) }`: a set, item by item.', connective)
export const In = keyword('in', 'operator', 'Membership in a set; in an operation, the channels that arrive.', {
  categories: [ComparisonOperator],
})
export const To = keyword('to', 'operator', '`a to b`: the two ends of a schedule.', reserved)
export const Step = keyword('step', 'operator', '`16..28 step 4`.')
export const And = keyword('and', 'operator', 'Both hold.', reserved)
export const Or = keyword('or', 'operator', 'At least one holds.', reserved)
export const Not = keyword('not', 'operator', 'It does not hold.', reserved)
export const True = keyword('true', 'literal', 'It holds.', reserved)
export const False = keyword('false', 'literal', 'It does not hold.', reserved)
export const Residual = keyword(
  'residual',
  'operator',
  '`residual { a }`: the input plus `a` where the shapes agree.',
  reserved,
)
