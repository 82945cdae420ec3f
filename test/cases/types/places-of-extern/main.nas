extern setting calm(epochs: int) in search, trian weights, train, train choices
extern sampler lucky() in search
extern op wobble() planned { out channels = channels }
extern score guess() planned
