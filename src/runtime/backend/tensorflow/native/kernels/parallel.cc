#include "parallel.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <thread>

namespace nasc {
namespace {

/** How long a thread waits awake: about the time between two operations of a step. */
constexpr auto patience = std::chrono::microseconds(50);

void relax() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

/** Waits awake for `done`, but not beyond patience. */
template <typename Condition>
bool happens_soon(Condition done) {
  const auto limit = std::chrono::steady_clock::now() + patience;
  do {
    for (int i = 0; i < 64; i++) {
      if (done()) return true;
      relax();
    }
  } while (std::chrono::steady_clock::now() < limit);
  return false;
}

int configured_threads() {
  const char* text = std::getenv("TF_NUM_INTRAOP_THREADS");
  const int wanted = text == nullptr ? 0 : std::atoi(text);
  if (wanted > 0) return wanted;
  const unsigned cores = std::thread::hardware_concurrency();
  return cores > 0 ? static_cast<int>(cores) : 1;
}

// What is left of the current job is one number: a counter of jobs (24 bits), the first block (20), the end (20). The
// caller takes blocks from the front and workers from the back, so that with two threads each keeps to its half of the
// data from operation to operation. Whoever has taken a block keeps the job alive until it is done.
constexpr int index_bits = 20;
constexpr uint64_t index_mask = (uint64_t{1} << index_bits) - 1;

uint64_t first_of(uint64_t rest) { return rest >> index_bits & index_mask; }

uint64_t end_of(uint64_t rest) { return rest & index_mask; }

class Pool {
 public:
  explicit Pool(int threads) {
    for (int i = 1; i < threads; i++) std::thread([this] { work(); }).detach();
  }

  /** One job at a time; `blocks` must fit index_bits. */
  void run(int64_t blocks, void (*body)(void*, int64_t), void* context) {
    body_ = body;
    context_ = context;
    pending_.store(blocks, std::memory_order_relaxed);
    const uint64_t job = (rest_.load(std::memory_order_relaxed) >> (2 * index_bits)) + 1;
    rest_.store(job << (2 * index_bits) | static_cast<uint64_t>(blocks));
    if (sleepers_.load() > 0) {
      { std::lock_guard<std::mutex> hold(mutex_); }
      wake_.notify_all();
    }
    while (take(true)) {
    }
    const auto done = [this] { return pending_.load(std::memory_order_acquire) == 0; };
    if (happens_soon(done)) return;
    std::unique_lock<std::mutex> hold(mutex_);
    caller_waits_ = true;
    finished_.wait(hold, done);
    caller_waits_ = false;
  }

 private:
  /** Takes a block and runs it. False: none is left. */
  bool take(bool front) {
    uint64_t rest = rest_.load(std::memory_order_acquire);
    uint64_t block;
    do {
      if (first_of(rest) >= end_of(rest)) return false;
      block = front ? first_of(rest) : end_of(rest) - 1;
    } while (!rest_.compare_exchange_weak(rest, front ? rest + (uint64_t{1} << index_bits) : rest - 1));
    body_(context_, static_cast<int64_t>(block));
    if (pending_.fetch_sub(1, std::memory_order_acq_rel) == 1) {
      std::lock_guard<std::mutex> hold(mutex_);
      if (caller_waits_) finished_.notify_one();
    }
    return true;
  }

  bool has_work() const {
    const uint64_t rest = rest_.load();
    return first_of(rest) < end_of(rest);
  }

  void work() {
    for (;;) {
      while (take(false)) {
      }
      if (happens_soon([this] { return has_work(); })) continue;
      std::unique_lock<std::mutex> hold(mutex_);
      sleepers_.fetch_add(1);
      wake_.wait(hold, [this] { return has_work(); });
      sleepers_.fetch_sub(1);
    }
  }

  void (*body_)(void*, int64_t) = nullptr;
  void* context_ = nullptr;
  std::atomic<int64_t> pending_{0};
  std::atomic<uint64_t> rest_{0};
  std::atomic<int> sleepers_{0};
  bool caller_waits_ = false;
  std::mutex mutex_;
  std::condition_variable wake_, finished_;
};

}  // namespace

int thread_count() {
  static const int threads = configured_threads();
  return threads;
}

void run_blocks(int64_t blocks, void (*body)(void* context, int64_t block), void* context) {
  static std::atomic<bool> busy{false};
  const bool alone = blocks < 2 || thread_count() < 2 || blocks > static_cast<int64_t>(index_mask);
  // Calls within a body, and a second caller, go on by themselves.
  if (alone || busy.exchange(true, std::memory_order_acquire)) {
    for (int64_t block = 0; block < blocks; block++) body(context, block);
    return;
  }
  // Never destroyed: its threads may outlive static objects.
  static Pool* const pool = new Pool(thread_count());
  pool->run(blocks, body, context);
  busy.store(false, std::memory_order_release);
}

}  // namespace nasc
