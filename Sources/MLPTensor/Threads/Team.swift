import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A fixed set of threads that share out loops.
///
/// Pieces are handed out one chunk at a time, so a thread whose core is busy with something else costs
/// its share and no more. Which thread does which piece is left to chance; what a piece computes must
/// not depend on it.
package final class Team: Sendable {
  /// Threads that work on a loop, the caller's among them.
  package let size: Int
  private let shared: TeamState

  /// A team of one: every loop runs on the caller's thread.
  package static let single = Team(size: 1)

  package init(size: Int) {
    precondition(size >= 1)
    self.size = size
    shared = TeamState()
    for _ in 1..<size { shared.startWorker() }
  }

  deinit { shared.stop() }

  /// Runs `body` for each of 0..<count, in any order and on any of the threads; returns when all are done.
  ///
  /// Loops of one team don't nest and don't overlap: the caller is one thread.
  package func parallel(_ count: Int, chunk: Int = 1, _ body: (Int) -> Void) {
    guard size > 1, count > chunk else {
      for index in 0..<count { body(index) }
      return
    }
    withoutActuallyEscaping(body) { body in
      let loop = Loop(count: count, chunk: chunk, body: body)
      shared.run(loop)
      loop.body = nil
    }
  }
}

/// A loop to share out.
///
/// `@unchecked Sendable`: `body` is called by several threads, but only between `run`'s start and its
/// return, while the caller waits, and is taken away by the caller when no worker is left in the loop; and by `parallel`'s contract no two indices touch the same memory for
/// writing. `next` is atomic, the rest constant.
private final class Loop: @unchecked Sendable {
  let count: Int
  let chunk: Int
  var body: ((Int) -> Void)?
  let next = Atomic<Int>(0)

  init(count: Int, chunk: Int, body: @escaping (Int) -> Void) {
    self.count = count
    self.chunk = chunk
    self.body = body
  }

  /// Takes chunks until none is left.
  func work() {
    guard let body else { return }
    while true {
      let start = next.wrappingAdd(chunk, ordering: .relaxed).oldValue
      guard start < count else { return }
      for index in start..<min(start + chunk, count) { body(index) }
    }
  }
}

/// What the threads of a team wait on.
///
/// `@unchecked Sendable`: `loop`, `generation`, `busy` and `stopped` are read and written only while `mutex`
/// is held; the mutex and the conditions live as long as this object, which each worker keeps alive.
private final class TeamState: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let wake = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let done = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var loop: Loop?
  private var generation = 0
  private var busy = 0
  private var stopped = false

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

  /// Shares out the loop; waits for the workers that took part, not for those that never woke.
  func run(_ loop: Loop) {
    pthread_mutex_lock(mutex)
    self.loop = loop
    generation += 1
    pthread_cond_broadcast(wake)
    pthread_mutex_unlock(mutex)
    loop.work()
    pthread_mutex_lock(mutex)
    self.loop = nil
    while busy > 0 { pthread_cond_wait(done, mutex) }
    pthread_mutex_unlock(mutex)
  }

  func stop() {
    pthread_mutex_lock(mutex)
    stopped = true
    pthread_cond_broadcast(wake)
    pthread_mutex_unlock(mutex)
  }

  /// A thread that works on each loop until the team stops. It keeps this object alive.
  func startWorker() {
    let context = Unmanaged.passRetained(self).toOpaque()
    #if canImport(Glibc)
      var thread = pthread_t()
    #else
      var thread: pthread_t?
    #endif
    let status = pthread_create(&thread, nil, workerMain, context)
    precondition(status == 0, "the system gives no more threads")
  }

  /// A worker's life.
  func work() {
    var seen = 0
    while let loop = waitForLoop(after: &seen) {
      loop.work()
      finish()
    }
  }

  private func waitForLoop(after seen: inout Int) -> Loop? {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while !stopped && (generation == seen || loop == nil) { pthread_cond_wait(wake, mutex) }
    guard !stopped else { return nil }
    seen = generation
    busy += 1
    return loop
  }

  private func finish() {
    pthread_mutex_lock(mutex)
    busy -= 1
    if busy == 0 { pthread_cond_signal(done) }
    pthread_mutex_unlock(mutex)
  }
}

#if canImport(Glibc)
  private func workerMain(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    pthread_detach(pthread_self())
    Unmanaged<TeamState>.fromOpaque(context).takeRetainedValue().work()
    return nil
  }
#else
  private func workerMain(_ context: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    pthread_detach(pthread_self())
    Unmanaged<TeamState>.fromOpaque(context).takeRetainedValue().work()
    return nil
  }
#endif
