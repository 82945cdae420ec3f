// The space has its classes, only misspelt: that it lacks them would be an echo.
import { bn, conv, global_pool, linear } from std:nn

space small {
  input   image(32, 32, 3)
  clases  10
  network {
    stem conv(16, 3) -> bn
    head global_pool -> linear(classes)
  }
}
