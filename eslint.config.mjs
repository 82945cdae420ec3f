import tseslint from 'typescript-eslint'

const wallClock = 'Results must not depend on the wall clock.'
const unseeded = 'Use the seeded generator of src/runtime/random.'

const property = "CallExpression[callee.object.name='fc'][callee.property.name='assert']"
const unseededProperty = 'A property is tried on the same values each time: give it a seed.'

const noRandom = ['error', { object: 'Math', property: 'random', message: unseeded }]
const noRandomNoClock = [...noRandom, { object: 'Date', property: 'now', message: wallClock }]

/**
 * Functions that are longer than others may be. Each is one switch over every kind of expression, a line or two for each: to
 * read it in one place is what it is for. Whoever finds a better form takes its file out; none comes in.
 */
const stillLong = [
  'src/compiler/lower/expression.ts',
  'src/compiler/names/expression.ts',
  'src/space/expressions/print-expression.ts',
]

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'node_modules/',
      'runs/',
      '.bench/',
      'src/runtime/kernels/assembly/',
      'test/cases/',
      'grammar/generated/',
    ],
  },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { project: ['./tsconfig.test.json'], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // `data[i]!` is how a loop over a typed array reads under noUncheckedIndexedAccess.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // A host or an engine implements an asynchronous contract without having to wait for anything.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      eqeqeq: 'error',
      'prefer-const': 'error',
      'no-console': 'error',
      'no-restricted-properties': noRandom,
    },
  },
  {
    files: ['src/ir/**/*.ts', 'src/compiler/**/*.ts', 'grammar/**/*.ts', 'src/runtime/**/*.ts'],
    rules: { 'no-restricted-properties': noRandomNoClock },
  },
  {
    files: ['src/**/*.ts', 'grammar/**/*.ts', 'scripts/**/*.ts'],
    ignores: stillLong,
    rules: { 'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }] },
  },
  {
    // Everything that the command line prints goes through one file.
    files: ['bench/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // Tests read JSON that they have just made; what is in it they assert.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(only|skip|todo)$/]',
          message: 'A test runs or it is not here.',
        },
        { selector: `${property}[arguments.length=1]`, message: unseededProperty },
        {
          selector: `${property} > ObjectExpression.arguments:not(:has(Property[key.name='seed']))`,
          message: unseededProperty,
        },
      ],
    },
  },
)
