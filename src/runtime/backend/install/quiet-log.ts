/**
 * A source file for the addon. TensorFlow heeds `TF_CPP_MIN_LOG_LEVEL` only after it has initialised its log, which
 * Python does and the addon does not, and so it greets every process on the error stream. Where the log's functions are
 * not exported, nothing happens.
 */
export const quietLogSource = `#include <cstdlib>
#if __has_include("absl/log/globals.h")
#include "absl/log/globals.h"
namespace absl {
ABSL_NAMESPACE_BEGIN
__attribute__((weak)) void SetMinLogLevel(LogSeverityAtLeast);
ABSL_NAMESPACE_END
}
namespace {
struct QuietLog {
  QuietLog() {
    const char *level = std::getenv("TF_CPP_MIN_LOG_LEVEL");
    if (level == nullptr || &absl::SetMinLogLevel == nullptr) return;
    absl::SetMinLogLevel(static_cast<absl::LogSeverityAtLeast>(std::atoi(level)));
  }
} quiet_log;
}
#endif
`
