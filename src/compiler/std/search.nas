//! Components of searches. Each one is implemented by the runtime under the same name.

import auxiliary_head from std:cells

/// The weight of an option is its share in a softmax over the logits of its decision.
extern relaxation softmax(temperature: real = 1)
/// An edge is as strong as the largest weight among its operations, `except` those that are never derived.
extern relaxation strength()

/// Every step trains the whole supernet.
extern sampler all()

/// Mean cross-entropy of the softmax of the logits.
extern objective cross_entropy(smoothing: real = 0)

/// Half a cosine from the first value to the second over the whole training. It moves once per epoch and stops short of
/// its end, as in the code of the papers; `smooth` moves with every step and reaches it.
extern schedule cosine(range: span, smooth: bool = false)
/// A straight line from the first value to the second over the whole training; `smooth` as in cosine.
extern schedule linear(range: span, smooth: bool = false)

/// Stochastic gradient descent with momentum; `decay` is the L2 weight decay.
extern optimiser sgd(lr: schedule, momentum: real = 0, decay: real = 0, nesterov: bool = false)
/// Adam; `decay` is added to the gradient (L2), as in the DARTS code.
extern optimiser adam(lr: schedule, betas: tuple = (0.9, 0.999), decay: real = 0, epsilon: real = 1e-8)

/// The strongest `count` inputs of every node, each with its strongest operation.
extern derivation top(count: int)
/// The option with the largest weight.
extern derivation argmax()

/// Random crop after zero padding.
extern augmentation crop(padding: int)
/// Random mirror image, left and right.
extern augmentation flip()

/// Passes over the training images.
extern setting epochs(count: int)
/// Images per step.
extern setting batch(count: int)
/// How many training images are used; all of them without this.
extern setting examples(count: int)
/// Learning rate of the weights, in place of the optimiser's own.
extern setting lr(schedule: schedule)
/// Learning rate of the choices, in place of their optimiser's own.
extern setting choice_lr(schedule: schedule)
/// Gradients are scaled down to this Euclidean norm.
extern setting clip(norm: real)
/// Augmentations joined by `&`, applied in order to every training image.
extern setting augment(by: augmentation)
/// Side of the square that cutout blanks.
extern setting cutout(side: int)
/// Probability that the edge of a cell is dropped, growing linearly over the training.
extern setting drop_path(probability: span)
/// Weight of the loss of an auxiliary head, where in the stack it reads (a share of the cells), and the head itself.
extern setting auxiliary(weight: real, at: real, head: operation = auxiliary_head)
/// Standard deviation of the initial logits of the choices.
extern setting choice_init(deviation: real)
