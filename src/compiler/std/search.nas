//! Components of searches. Each one is implemented by the runtime under the same name.

import auxiliary_head from std:cells

/// The weight of an option is its share in a softmax over the logits of its decision.
extern relaxation softmax(temperature: real = 1)
/// An edge is as strong as the largest weight among its operations, `except` those that are never derived.
extern relaxation strength()

/// Every step trains the whole supernet; every network of a step.
extern sampler all() { binds relaxed }

/// Mean cross-entropy of the softmax of the logits; `for` some of the networks of a step.
extern objective cross_entropy(smoothing: real = 0, for: sampler = all)

/// Half a cosine from the first value to the second over the whole training. It moves once per epoch and stops short of
/// its end, as in the code of the papers; `smooth` moves with every step and reaches it.
extern schedule cosine(range: span, smooth: bool = false)
/// A straight line from the first value to the second over the whole training; `smooth` as in cosine. With `last`, it would be
/// there that many epochs early, and from the value before it goes on in a flatter line over these epochs (PC-DARTS).
extern schedule linear(range: span, smooth: bool = false, last: int = 0)

/// Stochastic gradient descent with momentum; `decay` is the L2 weight decay.
extern optimiser sgd(lr: schedule, momentum: real = 0, decay: real = 0, nesterov: bool = false)
/// Adam; `decay` is added to the gradient (L2), as in the DARTS code.
extern optimiser adam(lr: schedule, betas: tuple = (0.9, 0.999), decay: real = 0, epsilon: real = 1e-8)

/// Adam whose weight decay is apart from the gradient: weights shrink by `decay` times the learning rate.
extern optimiser adamw(lr: schedule, betas: tuple = (0.9, 0.999), decay: real = 0.01, epsilon: real = 1e-8)

/// The strongest `count` inputs of every node, each with its strongest operation.
extern derivation top(count: int) { selects count }
/// The option with the largest weight.
extern derivation argmax()

/// Random crop after padding: what is zero once images are normalised.
extern augmentation crop(padding: int)
/// Random mirror image, left and right.
extern augmentation flip()

/// Passes over the training images; of a predictor, over its measurements.
extern setting epochs(count: int) in search, train predictor, retrain
/// Images per step; of a predictor, measurements.
extern setting batch(count: int) in search, train predictor, retrain
/// How many training images are used; all of them without this.
extern setting examples(count: int) in search, retrain
/// Learning rate of the weights, in place of the optimiser's own.
extern setting lr(schedule: schedule) in search, train weights, train choices, retrain
/// Learning rate of the choices, in place of their optimiser's own.
extern setting choice_lr(schedule: schedule) in search
/// Gradients are scaled down to this Euclidean norm.
extern setting clip(norm: real) in search, train weights, train choices, retrain
/// Augmentations joined by `&`, applied in order to every training image, each with random draws of its own. They see pixels
/// from 0 to 1; images are normalised after them.
extern setting augment(by: augmentation) in search, retrain
/// Side of the square that cutout blanks, after all augmentations, in the normalised image.
extern setting cutout(side: int) in search, retrain
/// How many of several derived architectures are retrained, the best first; all of them without this.
extern setting architectures(count: int) in retrain
/// Probability that the edge of a cell is dropped, growing linearly over the training.
extern setting drop_path(probability: span) in retrain
/// Weight of the loss of an auxiliary head, where in the stack it reads (a share of the cells), and the head itself.
extern setting auxiliary(weight: real, at: real, head: operation = auxiliary_head) in retrain
/// Share of the label that is spread evenly over all classes, in the loss of the retraining; without this as in the objective.
extern setting label_smoothing(share: real) in retrain
/// Weight decay of the retraining, in place of the optimiser's own.
extern setting decay(amount: real) in retrain
/// Standard deviation of the initial logits of the choices.
extern setting choice_init(deviation: real) in train choices

// Networks that share one set of weights: masks, slices, sandwiches, paths, teachers (FBNetV2, once-for-all, AttentiveNAS,
// Pi-NAS).

/// The weight of an option is its share in a softmax over logits to which Gumbel noise is added, anew in every step.
extern relaxation gumbel(temperature: schedule = 1)
/// The largest of several numbers of channels times a mask: the mean of the masks of all options, weighted by a Gumbel
/// softmax. One pass, whatever the number of options.
extern relaxation mask(temperature: schedule = 1) { binds mask }
/// Every resolution is computed on the pixels that it keeps, and scattered back to where they were; then weighted as in mask.
extern relaxation subsample(temperature: schedule = 1) { binds subsample }
/// The first channels, the centre of the kernel, the first layers of the largest network. With `transform` a smaller kernel is
/// the centre of the next larger one through a trained linear map; with `sorted` channels are ordered by the L1 norms of
/// the weights that read them, whenever the sampler opens further numbers of them.
extern relaxation slice(transform: bool = false, sorted: bool = false) { binds slice }

/// One option of every choice, all equally likely. With `bins`, a bin of multiply-accumulates between `least` and `most` is
/// drawn first, and the architecture from it.
extern sampler uniform(least: real = 0, most: real = 1000G, bins: real = 0)
/// The network with the largest option everywhere.
extern sampler largest()
/// The network with the smallest option everywhere.
extern sampler smallest()
/// The networks of the step that no other objective is for.
extern sampler others()
/// The largest network, `count` networks of `middle`, the smallest one; their gradients are added up.
extern sampler sandwich(middle: sampler = uniform, count: int = 2)
/// Draws a cost from what uniform samples cost, in bins of `bins` multiply-accumulates; then architectures of that cost, of which
/// `pick` trains one, with the weights as they are: `best of 3 by batch_loss`. `prior` says how they are drawn: "exact", all that
/// cost so much are equally likely; "table", as in the paper, every choice by itself as it is in a table of uniform `samples`, again
/// where the cost is another one, at most `draws` times: then the last one stands.
extern sampler attentive(pick: derivation, bins: real = 25M, prior: { exact, table } = "exact", samples: int = 100k, draws: int = 101)
/// Progressive shrinking: `phase`s one after the other. What no phase has opened stays at its largest option. Where the space
/// has constraints, networks that miss them are drawn again, at most a thousand times.
extern sampler progressive(phases: set)
/// Opens these options of the choices called `what`, and trains `networks` uniformly drawn networks per step.
extern sampler phase(what: string, options: set, epochs: int, lr: schedule, networks: int = 1)
/// Two paths that share no option of any choice; their gradients are added up. Where the space has constraints, both keep to them.
extern sampler two_disjoint_paths()

/// Strict fairness (FairNAS): as many paths in a step as choices have options, all of them as many; each option of every choice is in
/// exactly one path, in random order. Their gradients are added up. Where the space has constraints, all paths keep to them; where the
/// first of a step leave none for the last, the step is drawn again, at most a hundred times.
extern sampler strict_fairness()

/// Cross-entropy with the softmax of another network of the step in place of labels.
extern objective distill(from: sampler = largest, temperature: real = 1, for: sampler = all)
/// Contrast of normalised embeddings: views of one image attract each other (those of the other path with
/// `across_paths`), entries of a queue of earlier keys repel. The embedding is a linear layer, a ReLU and a linear layer. It asks for
/// a `teacher`, which makes the keys, and for two `views` of each image for every path of a step.
extern objective contrastive(positives: { across_paths, same_path } = "across_paths", queue: int = 65_536, dim: int = 128, temperature: real = 0.2)

/// A second supernet without gradients, which makes the keys; `of` says which of its weights follow before it embeds the images of a
/// path: those of this path, or those of all paths of the step.
extern teacher ema(momentum: real, of: { all, active_path } = "all")
/// Independently augmented views of every image: crop (20% to 100% of the area), colour jitter, grey, blur, mirror image. They take
/// the place of `augment`; every path of a step sees its own, and with a teacher it sees one and the teacher another.
extern views moco_v2(count: int)

/// Loss on the images of the step, without gradients; where a derivation judges by it, on the first batch of the validation images.
extern score batch_loss() { binds batch }
/// What the predictor of the search says of an architecture, in place of looking at it: it ranks the networks of a step by what they
/// would score. In the epochs that the predictor waits for (`pretrain`) the first network that is drawn is trained.
extern score predicted() { binds batch }
/// Accuracy on the validation images (`validate on 10%`).
extern score accuracy()
/// What a table of results says, in place of training anything: a search that judges by it alone has neither `minimise` nor
/// `train`, and keeps no images. `file` is CSV with a line for each architecture (a column `architecture` with what NAS-Bench-201 or
/// DARTS-like code prints, or a digit for every choice; or a column for every decision), or JSON whose keys are architectures, as
/// NAS-Bench-Macro publishes it. `column` holds the result; `lowest`: the lower, the better.
extern score table(file: string, column: string = "accuracy", lowest: bool = false) { needs file }
/// Accuracy on the validation images of a network that is trained from scratch for so many epochs, as `train weights` and the settings
/// of the search say: each architecture by itself, without a supernet, so that nothing is relaxed or sampled.
extern score trained(epochs: int) { binds scratch }
/// Accuracy of a linear classifier behind the frozen supernet, trained for all paths together; the statistics of batch norms
/// are computed anew for every path with `calibrated`, from this many images.
extern score linear_probe(epochs: int, lr: schedule = 30, batch: int = 256, calibrated: int = 50k)

/// The best (the worst) by a score of several architectures drawn at random, each as likely as any other.
extern derivation best(of: int, by: score = accuracy) { selects architectures; binds drawn }
extern derivation worst(of: int, by: score = accuracy) { selects architectures; binds drawn }
/// `count` architectures drawn at random, each as likely as any other: all of them are derived, the best one first.
extern derivation random(count: int, by: score = accuracy) { selects architectures; binds drawn }
/// Of all that `by` scores, every architecture that is best at its cost: the best one in each bin of `bins` multiply-accumulates
/// between `least` and `most`, if no cheaper one is as good. The best one of all comes first.
extern derivation pareto(bins: real = 10M, least: real = 0, most: real = 1G, by: derivation) { selects architectures }
/// Evolution: `population` architectures drawn at random, then generations of `mutants` and `crossovers`, with parents from the
/// best `parents` so far (0: as many as half of the population); none costs more than `most`. `mutation`, `crossover`: the chance
/// of every single choice to be drawn anew, to come from the second parent. None is scored twice: what misses a constraint or is
/// known is tried again, and after a hundred such tries in a row what is missing of a generation is drawn at random. With `aging`
/// parents are of the last `population` that were scored alone, and with a `tournament` each is the best of so many drawn of all
/// that are alive: with `mutants: 1, crossovers: 0` that is regularised evolution.
extern derivation evolution(population: int = 100, generations: int = 20, mutants: int = 50, crossovers: int = 50, mutation: real = 0.1, crossover: real = 0.5, parents: int = 0, aging: bool = false, tournament: int = 0, most: real = 1000G) { selects architectures }
/// NSGA-II (Deb et al., 2002): a population that evolves for several objectives at once, the score and, where they are asked for, few
/// multiply-accumulates (`macs`) and few parameters. Each generation has as many children as there are parents, which win tournaments
/// of two; `mutation` and `crossover` as of `evolution`. All that nothing scored dominates is derived, the best score first.
extern derivation nsga2(population: int = 50, generations: int = 20, mutation: real = 0.1, crossover: real = 0.5, macs: bool = true, parameters: bool = false, most: real = 1000G) { selects architectures }
/// Bayesian optimisation: `first` architectures drawn at random; then, until `total` are scored, `then` at a time those that a Gaussian
/// process over their one-hot codes expects to exceed the best by most (expected improvement), of a `pool` of which half is drawn and
/// half are mutants of the best. The best one is derived.
extern derivation bayesian(first: int = 20, then: int = 1, total: int = 100, pool: int = 500, most: real = 1000G) { selects architectures }
/// Successive halving over epochs, with `score trained(epochs: …)`: `of` architectures drawn at random are trained for a small share of
/// these epochs, the best of them (one in `eta`) for `eta` times as many, and so on over `rungs` (0: as many as `of` allows), of which
/// the last trains to the end. Trainings go on where they were: `of: 27, eta: 3` and 27 epochs are rungs of 1, 3, 9 and 27 epochs with
/// 27, 9, 3 and 1 architectures.
extern derivation successive_halving(of: int, eta: int = 3, rungs: int = 0, most: real = 1000G) { selects architectures }
/// Classifier tree (LaNAS): `first` random architectures; then `then` from the leaf that promises most, and the tree is built anew,
/// until `total` are known. Each node splits at the median score, by naive Bayes over the options. The best one is derived.
extern derivation tree(first: int, then: int, total: int) { selects architectures }

/// From the first value, times `rate` after every epoch, or after every step: `exponential(5, rate: 0.956 per epoch)`.
extern schedule exponential(from: real, rate: real, per: { epoch, step } = "epoch")
/// The first value, times `rate` at each of these epochs.
extern schedule step(from: real, at: set, rate: real = 0.1)

/// Random crop of a share of the area within these bounds and of an aspect between 3/4 and 4/3, scaled to the size of the input
/// bilinearly.
extern augmentation random_resized_crop(area: span = 0.08 to 1)
/// AutoAugment for ImageNet: one of 25 learned pairs of changes of shape and colour, each done with a learned probability, of pixels
/// from 0 to 1. What comes in from outside has the mean of its channel.
extern augmentation auto_augment()
/// Random changes of brightness, contrast and saturation by up to `strength`, and of the hue by up to `hue` of the circle, in
/// random order, of pixels from 0 to 1. Images of one channel have neither saturation nor hue.
extern augmentation color_jitter(strength: real = 0.4, hue: real = 0)
/// With this probability all channels of an image are its luma. An image of one channel is itself.
extern augmentation grey(chance: real = 0.2)
/// With this probability a Gaussian blur, of a standard deviation in pixels within these bounds.
extern augmentation blur(deviation: span = 0.1 to 2, chance: real = 0.5)

/// Epochs over which the learning rate is the schedule times a factor that rises with every step, from `from` to 1.
extern setting warmup(epochs: real, from: real = 0.001) in search, train weights, train choices, retrain
/// Every entry of a gradient is clipped to this size, before `clip` is applied.
extern setting clip_value(limit: real) in search, train weights, train choices, retrain
/// Weight decay leaves out scales, shifts and biases.
extern setting decay_kernels_only(on: bool = true) in train weights, retrain
/// Share of the classes, chosen at random once, whose images the search sees. Its networks tell all classes apart.
extern setting classes_share(share: real) in search
/// Side that images are scaled to, bilinearly, before they are augmented; they stay as they are without this. Where the resolution is
/// a choice, the network resizes them to its own.
extern setting image_side(pixels: int) in search, retrain
/// Dropout before the classifier, for some networks of the step.
extern setting head_dropout(rate: real, for: sampler = all) in search, train weights, retrain
/// Residual blocks are left out for some images, with a probability that grows with their depth up to `rate`, in the last `stages`
/// stages.
extern setting drop_connect(rate: real, stages: int = 1k, for: sampler = all) in search, train weights, retrain
/// Batches from which the statistics of batch norms are computed anew before an architecture is judged.
extern setting calibrate(batches: int) in search
/// The scale of the last batch norm of a residual block starts at zero, so that the block starts as the identity.
extern setting zero_init_residual(on: bool = true) in search, train weights, retrain

// Cells with a topology to be found: DARTS and those who came after it (PC-DARTS, EnTranNAS, TopoNAS, LA-DARTS).

/// Copies of a cell that evaluate everything: the choices learn from these.
extern cells engine(at: set) { binds relaxed }
/// Copies of a cell that run what is derived of the choices so far, as an unweighted sum; derived anew after every step.
/// `elsewhere`: all copies that no other placement names.
extern cells transit(at: set = {}, elsewhere: bool = false) { binds derived }

/// Edge normalisation (PC-DARTS): one logit per edge, a softmax over the edges of a node. An edge is as strong as the largest
/// weight among its operations times its own.
extern relaxation edge_normalisation()
/// One logit per connection, a softmax over the operations of every edge. A connection counts by what its weight, relative to
/// the largest of its node, exceeds a learned threshold by: weights become exactly zero. One threshold per node.
extern relaxation sparse(temperature: schedule = 1) { binds sparse }
/// A distribution over the sets of inputs that a node may take; the weight of an edge is its marginal. `per` says what has a
/// logit: "subset", every set; "edge", every edge, and a set has the sum of its edges.
extern relaxation combinatorial(per: { edge, subset } = "edge") { binds sets }
/// Every input of a node is there or not by itself: its weight is the sigmoid of its logit, and sets that the node may not take
/// have a chance as well. A set is derived in proportion to its chance.
extern relaxation gates() { binds gates }

/// Minus the sum of the logarithms of the thresholds of `sparse`: pushes them up.
extern objective threshold_pressure() { binds sparse }
/// Zero as long as nothing is invalid by more than `margin`, linear in the excess beyond. `invalid` says what is counted:
/// "none_wins", by how much none leads on an edge that a node may take, times the weight of the edge; "outside", the chance of
/// sets of inputs that a node may not take; "no_input", the chance that it reads nothing.
extern objective passive_aggressive(invalid: { none_wins, outside, no_input } = "none_wins", margin: real = 0) {
  needs none when invalid == "none_wins"
  needs gates when invalid != "none_wins"
}
/// Mean of a cost over architectures drawn from the logits of the choices. How gradients pass a draw: "straight_through", the
/// soft choice stands for the hard one (Gumbel noise); "expected", the cost of the expectation in place of draws.
extern objective sampled(cost: cost, samples: int = 8, estimator: { straight_through, expected } = "straight_through")

/// Every connection whose weight is above zero.
extern derivation nonzero() { binds sparse }

/// A network of fully connected layers of these widths, with ReLUs, from an encoding of an architecture to a number, fitted to
/// a file of measurements: `mlp(128, 64) on one_hot, fitted to measurements "latency.csv"`. `on` one_hot: one entry per edge
/// and operation, zeros where no edge is. Where the file is not there, a run measures architectures on this machine itself.
/// Fitted to no file, `mlp(128, 64) on one_hot`, it learns what random architectures score (`score`, the accuracy without that) with
/// the weights of the supernet after some epochs (`pretrain`), and the rest of the search ranks by it: `best of 50 by predicted`.
extern predictor mlp(widths: tuple, on: { one_hot } = "one_hot", fitted: string = "")

/// Architectures that a run measures where the predictor has no file of measurements yet, or that it scores where there is none to be.
extern setting measure(architectures: int) in train predictor
/// Epochs of the search, in which nothing is ranked, before architectures are scored that the predictor is fitted to.
extern setting pretrain(epochs: int) in train predictor

/// The choices are not trained in the first epochs.
extern setting frozen(epochs: int) in search, train choices
/// The choices move along the gradient at the weights after one more of their steps (second-order DARTS), which costs two
/// backward passes more and one forward.
extern setting second_order(on: bool = true) in search, train choices
