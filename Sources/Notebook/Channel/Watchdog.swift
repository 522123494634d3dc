#if !hasFeature(Embedded)

  @preconcurrency import Glibc

  /// Ends a program whose cell runs too long, from inside: the signal comes to the main thread in the
  /// middle of what it does, so that a backtrace tells where that was.
  enum Watchdog {
    /// What the kernel calls it, which may be nothing: nil is the first timer of a program.
    private nonisolated(unsafe) static var timer: timer_t?
    private nonisolated(unsafe) static var isMade = false

    static func start(seconds: Int) {
      if !isMade {
        var event = sigevent()
        event.sigev_notify = Int32(SIGEV_SIGNAL)
        event.sigev_signo = SIGQUIT
        guard timer_create(CLOCK_MONOTONIC, &event, &timer) == 0 else { return }
        isMade = true
      }
      set(seconds)
    }

    static func stop() { set(0) }

    /// In a copy of the program, which has no timers.
    static func beginAnew() { isMade = false }

    private static func set(_ seconds: Int) {
      guard isMade else { return }
      var time = itimerspec()
      time.it_value.tv_sec = seconds
      timer_settime(timer, 0, &time, nil)
    }
  }

#endif
