// A comment may hold one: [('sep_conv_3x3', 1), ('sep_conv_3x3', 0)]
let first = 1
DARTS = Genotype(normal=[('sep_conv_3x3', 1), ('sep_conv_3x3', 0), ('skip_connect', 0),
    ('dil_conv_5x5', 3)], normal_concat=[2, 3, 4, 5], reduce=[('max_pool_3x3', 0),
    ('none', 2)], reduce_concat=[2, 3, 4, 5])
let wrong = 'a'
