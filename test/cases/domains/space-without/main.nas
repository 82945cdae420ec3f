import std:nn
space s {
}
