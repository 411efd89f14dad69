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
/// `@unchecked Sendable`: `loop` and `patience` are written by the caller alone, which is one thread, and `loop`
/// only while it is closed: `run` opens it with a number of its own, and closes it before it waits for `busy` to be
/// 0. A worker first counts itself into `busy` and then looks whether the loop that it saw is still open, both in
/// the one order that all threads agree on; so either it sees that the loop was closed and leaves it alone, or
/// the caller sees that it is busy and waits. All else that threads share is atomic. Both memories, the mutex and
/// the conditions live as long as this object, which each worker keeps alive.
final class Crew: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let wake = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let done = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let loop: SharedLoop
  /// The number of the loop that is open; 0 where none is, and `dismissed` at the end.
  private let open = LoneAtomic(0)
  /// Workers that are at a loop, or about to look whether it is open.
  private let busy = LoneAtomic(0)
  private let sleepers = LoneAtomic(0)
  private let callerSleeps = LoneAtomic(0)
  /// Workers that have begun: each one's number, from 1; the caller is 0.
  private let hired = LoneAtomic(0)
  private var number = 0
  private var patience = Patience()

  private static let dismissed = -1
  /// Looks at an atomic before a thread sleeps: some tens of microseconds.
  private static let looks = 300_000

  /// - Parameter size: the workers and the caller.
  init(size: Int) {
    loop = SharedLoop(threads: size)
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
  var worksAlone: Bool { patience.isOver && patience.staysOver(at: nanoseconds()) }

  /// Shares out the loop; waits for the workers that took part, not for those that never woke.
  ///
  /// - Parameter bound: thread t begins with the indices bound(t) ..< bound(t + 1).
  func run(bound: (Int) -> Int, _ body: @escaping (Int) -> Void) {
    loop.begin(bound: bound, body)
    number += 1
    open.store(number)
    if sleepers.load() > 0 { locked { pthread_cond_broadcast(wake) } }
    let start = nanoseconds()
    loop.work(0)
    let worked = nanoseconds() - start
    open.store(0)
    if !waitBriefly({ busy.load() == 0 }) { sleepUntilDone() }
    loop.end()
    let now = nanoseconds()
    patience.note(waited: now - start - worked, worked: worked, at: now)
  }

  private func sleepUntilDone() {
    locked {
      callerSleeps.store(1)
      while busy.load() > 0 { pthread_cond_wait(done, mutex) }
      callerSleeps.store(0)
    }
  }

  func dismiss() {
    open.store(Self.dismissed)
    locked { pthread_cond_broadcast(wake) }
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
    let thread = hired.add(1)
    var last = 0
    while true {
      let number = nextNumber(after: last)
      guard number != Self.dismissed else { return }
      busy.add(1)
      if open.load() == number {
        last = number
        loop.work(thread)
      }
      if busy.add(-1) == 0 && callerSleeps.load() > 0 { locked { pthread_cond_signal(done) } }
    }
  }

  /// The number of the loop that is open, when there is one that the worker wasn't at.
  private func nextNumber(after last: Int) -> Int {
    if waitBriefly({ isNews(open.load(), after: last) }) { return open.load() }
    var number = 0
    locked {
      sleepers.add(1)
      number = open.load()
      while !isNews(number, after: last) {
        pthread_cond_wait(wake, mutex)
        number = open.load()
      }
      sleepers.add(-1)
    }
    return number
  }

  @inline(__always)
  private func isNews(_ number: Int, after last: Int) -> Bool { number != 0 && number != last }

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
