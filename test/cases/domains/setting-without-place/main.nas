/// Epochs without gain after which nothing more is trained.
extern setting patience(epochs: int)
