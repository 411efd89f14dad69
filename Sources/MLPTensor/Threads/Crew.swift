import CProcessor
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The workers of a team, and what they wait on.
///
/// Loops come every few microseconds, so a worker looks out for the next one for a while before it sleeps, and the
/// caller for the last worker before it sleeps. Where a worker holds the caller up, because its core is busy with
/// something else, the next loops are run alone.
///
/// `@unchecked Sendable`: `loop`, `sleepers` and `dismissed` are read and written only while `mutex` is held;
/// `generation` and `busy` are atomic; `patience` belongs to the caller, which is one thread. The mutex and the
/// conditions live as long as this object, which each worker keeps alive.
final class Crew: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let wake = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let done = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var loop: SharedLoop?
  private var sleepers = 0
  private var dismissed = false
  private let generation = Atomic<Int>(0)
  private let busy = Atomic<Int>(0)
  /// Workers that have begun: each one's number, from 1; the caller is 0.
  private let hired = Atomic<Int>(0)
  private var patience = Patience()

  /// Looks at an atomic before a thread sleeps: some tens of microseconds.
  private static let looks = 300_000

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(wake, nil)
    pthread_cond_init(done, nil)
  }

  deinit {
    pthread_cond_destroy(done)
    pthread_cond_destroy(wake)
    pthread_mutex_destroy(mutex)
    done.deallocate()
    wake.deallocate()
    mutex.deallocate()
  }

  // MARK: The caller's side

  /// Whether the next loop is better run without the workers.
  var worksAlone: Bool { patience.worksAlone() }

  /// Shares out the loop; waits for the workers that took part, not for those that never woke.
  func run(_ loop: SharedLoop) {
    locked {
      self.loop = loop
      generation.wrappingAdd(1, ordering: .releasing)
      if sleepers > 0 { pthread_cond_broadcast(wake) }
    }
    let start = nanoseconds()
    loop.work(0)
    let worked = nanoseconds() - start
    locked { self.loop = nil }
    if !waitBriefly({ busy.load(ordering: .acquiring) == 0 }) {
      locked { while busy.load(ordering: .acquiring) > 0 { pthread_cond_wait(done, mutex) } }
    }
    patience.note(waited: nanoseconds() - start - worked, worked: worked)
  }

  func dismiss() {
    locked {
      dismissed = true
      generation.wrappingAdd(1, ordering: .releasing)
      pthread_cond_broadcast(wake)
    }
  }

  /// Starts a worker, a thread that works on each loop until it is dismissed. It keeps this object alive.
  func hire() {
    let context = Unmanaged.passRetained(self).toOpaque()
    #if canImport(Glibc)
      var thread = pthread_t()
    #else
      var thread: pthread_t?
    #endif
    let status = pthread_create(&thread, nil, workerMain, context)
    precondition(status == 0, "the system gives no more threads")
  }

  // MARK: A worker's side

  fileprivate func work() {
    let thread = hired.wrappingAdd(1, ordering: .relaxed).newValue
    var seen = 0
    while let loop = nextLoop(after: &seen) {
      loop.work(thread)
      finish()
    }
  }

  private func nextLoop(after seen: inout Int) -> SharedLoop? {
    while true {
      let last = seen
      _ = waitBriefly { generation.load(ordering: .acquiring) != last }
      pthread_mutex_lock(mutex)
      defer { pthread_mutex_unlock(mutex) }
      while !dismissed && generation.load(ordering: .relaxed) == seen {
        sleepers += 1
        pthread_cond_wait(wake, mutex)
        sleepers -= 1
      }
      guard !dismissed else { return nil }
      seen = generation.load(ordering: .relaxed)
      guard let loop else { continue }
      busy.wrappingAdd(1, ordering: .acquiringAndReleasing)
      return loop
    }
  }

  private func finish() {
    guard busy.wrappingSubtract(1, ordering: .acquiringAndReleasing).newValue == 0 else { return }
    locked { _ = pthread_cond_signal(done) }
  }

  // MARK: Waiting

  /// Looks until the condition holds, for a while; whether it did.
  @inline(__always)
  private func waitBriefly(_ condition: () -> Bool) -> Bool {
    for _ in 0..<Self.looks {
      if condition() { return true }
    }
    return condition()
  }

  /// A clock that decides only who does what.
  private func nanoseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
  }

  @inline(__always)
  private func locked(_ body: () -> Void) {
    pthread_mutex_lock(mutex)
    body()
    pthread_mutex_unlock(mutex)
  }
}

/// How long the caller does without workers that came late.
private struct Patience {
  private var aloneLeft = 0
  private var penalty = Patience.least
  private var punctual = 0

  private static let least = 32
  private static let most = 4096

  /// Whether the next loop is run alone.
  mutating func worksAlone() -> Bool {
    guard aloneLeft > 0 else { return false }
    aloneLeft -= 1
    return true
  }

  /// After each lateness twice as many loops alone; after a long punctual time as few as at first.
  ///
  /// - Parameters:
  ///   - waited: nanoseconds that the caller waited for the last worker.
  ///   - worked: nanoseconds that the caller's own part took.
  mutating func note(waited: Int, worked: Int) {
    if waited > 2 * worked + Self.grace {
      aloneLeft = penalty
      penalty = min(penalty * 2, Self.most)
      punctual = 0
    } else {
      punctual += 1
      if punctual == 256 { penalty = Self.least }
    }
  }

  /// What a worker may be late without its core being busy: a tenth of a millisecond.
  private static let grace = 100_000
}

#if canImport(Glibc)
  private func workerMain(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    return workerMain(context)
  }
#endif

private func workerMain(_ context: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
  pthread_detach(pthread_self())
  Unmanaged<Crew>.fromOpaque(context).takeRetainedValue().work()
  return nil
}
